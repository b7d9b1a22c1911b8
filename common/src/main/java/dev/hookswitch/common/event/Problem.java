package dev.hookswitch.common.event;

/**
 * Why an event is refused.
 *
 * @param reason the kind of problem
 * @param pointer where it is, as a JSON pointer (RFC 6901); empty for the whole document
 * @param message for people: names the field and the rule
 */
public record Problem(Reason reason, String pointer, String message) {

    /** The same problem of a document that is a part of another, at that pointer. */
    public Problem under(String parent) {
        return parent.isEmpty() ? this : new Problem(reason, parent + pointer, message);
    }

    /** The kinds of problem; the wire name is part of the contract with producers. */
    public enum Reason {
        /** The record has no value. */
        EMPTY("empty"),
        /** The record is larger than the limit. */
        TOO_LARGE("too_large"),
        /** Not one JSON document in UTF-8. */
        NOT_JSON("not_json"),
        /** JSON, but deeper or longer in one token than we take. */
        LIMIT_EXCEEDED("limit_exceeded"),
        /** JSON, but not an object. */
        NOT_AN_OBJECT("not_an_object"),
        /** A field that must be there is not. */
        MISSING_FIELD("missing_field"),
        /** A field of the envelope breaks its rule. */
        INVALID_FIELD("invalid_field"),
        /** {@code data} breaks the schema of its type. */
        SCHEMA("schema"),
        /** The tenant's endpoints have profiles that do not know the type. */
        UNKNOWN_TYPE("unknown_type");

        private final String wireName;

        Reason(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
