package dev.hookswitch.console.access;

/** A change of a tenant or a key that breaks a rule. The message names the field and the rule, never a key. */
public final class AccessRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String field;

    /** The kinds of refusal; the wire name is part of the contract with callers. */
    public enum Code {
        INVALID_TENANT("invalid_tenant"),
        INVALID_PROFILE("invalid_profile"),
        INVALID_WORKSPACE("invalid_workspace"),
        INVALID_LIMITS("invalid_limits"),
        INVALID_NAME("invalid_name"),
        INVALID_SCOPES("invalid_scopes"),
        INVALID_EXPIRY("invalid_expiry"),
        /** A tenant of that name is there. */
        TENANT_EXISTS("tenant_exists"),
        /** No tenant has that name. */
        TENANT_NOT_FOUND("tenant_not_found"),
        /** No key has that id. */
        KEY_NOT_FOUND("key_not_found"),
        /** Others made changes at the same time, again and again. */
        CONCURRENT_CHANGES("concurrent_changes");

        private final String wireName;

        Code(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    public AccessRefused(Code code, String field, String message) {
        super(message);
        this.code = code;
        this.field = field;
    }

    public Code code() {
        return code;
    }

    /** The field that breaks the rule. */
    public String field() {
        return field;
    }
}
