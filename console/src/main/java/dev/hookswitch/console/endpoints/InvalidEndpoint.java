package dev.hookswitch.console.endpoints;

/** A request about an endpoint that breaks a rule. The message names the field and the rule, never a secret. */
public final class InvalidEndpoint extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String field;

    /** The kinds of refusal; the wire name is part of the contract with callers. */
    public enum Code {
        INVALID_TENANT("invalid_tenant"),
        INVALID_PROFILE("invalid_profile"),
        INVALID_NAME("invalid_name"),
        INVALID_URL("invalid_url"),
        INVALID_EVENTS("invalid_events"),
        INVALID_SECRET("invalid_secret"),
        INVALID_MAX_PER_SECOND("invalid_max_per_second"),
        INVALID_RETRY_DELAYS("invalid_retry_delays"),
        INVALID_METADATA("invalid_metadata"),
        INVALID_EVENT("invalid_event"),
        /** The endpoint does not ask for events of that type. */
        EVENT_NOT_SUBSCRIBED("event_not_subscribed"),
        /** The endpoint gets no POSTs now. */
        ENDPOINT_DISABLED("endpoint_disabled"),
        /** The tenant has as many endpoints as it may have. */
        WEBHOOK_LIMIT_REACHED("webhook_limit_reached"),
        /** The endpoint was changed since. */
        REVISION_MISMATCH("revision_mismatch"),
        /** Another request had the same name. */
        IDEMPOTENCY_KEY_REUSED("idempotency_key_reused"),
        /** The last rotation's secret is not activated yet. */
        ROTATION_PENDING("rotation_pending"),
        /** Nothing to activate. */
        NO_ROTATION("no_rotation"),
        /** The vendor's header can carry one signature only. */
        ROTATION_NOT_SUPPORTED("rotation_not_supported"),
        /** No endpoint has that id. */
        WEBHOOK_NOT_FOUND("webhook_not_found");

        private final String wireName;

        Code(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    public InvalidEndpoint(Code code, String field, String message) {
        super(message);
        this.code = code;
        this.field = field;
    }

    /** The refusal when no endpoint has that id. */
    public static InvalidEndpoint notFound(String webhookId) {
        return new InvalidEndpoint(
                Code.WEBHOOK_NOT_FOUND, "webhook_id", "webhook_id names no endpoint: " + Shown.text(webhookId));
    }

    public Code code() {
        return code;
    }

    /** The field that breaks the rule. */
    public String field() {
        return field;
    }
}
