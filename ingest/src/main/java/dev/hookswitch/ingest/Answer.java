package dev.hookswitch.ingest;

import dev.hookswitch.common.access.Refusal;
import dev.hookswitch.common.event.Problem;
import java.util.Map;

/** What a request is answered. */
sealed interface Answer {
    /** HTTP status. */
    int status();

    /** Stable word for what happened: the error's code, or {@code accepted}. */
    String code();

    /**
     * The event is safe in Kafka.
     *
     * @param id the event's id
     */
    record Accepted(String id) implements Answer {
        @Override
        public int status() {
            return 202;
        }

        @Override
        public String code() {
            return "accepted";
        }
    }

    /**
     * The event is not taken, or nobody knows whether it is.
     *
     * @param message for people
     * @param details for programs
     * @param headers to send along
     */
    record Refused(int status, String code, String message, Map<String, String> details, Map<String, String> headers)
            implements Answer {}

    /** A refusal that needs no details. */
    static Refused refused(int status, String code, String message) {
        return new Refused(status, code, message, Map.of(), Map.of());
    }

    /** Who sent it may not. */
    static Refused refused(Refusal why, Map<String, String> details) {
        return new Refused(why.status(), why.code(), why.message(), details, Map.of());
    }

    /** What was sent is no event. */
    static Refused refused(Problem problem) {
        return new Refused(
                status(problem.reason()),
                problem.reason().wireName(),
                problem.message(),
                Map.of("pointer", problem.pointer()),
                Map.of());
    }

    private static int status(Problem.Reason reason) {
        return switch (reason) {
            case EMPTY, NOT_JSON -> 400;
            case TOO_LARGE -> 413;
            case LIMIT_EXCEEDED, NOT_AN_OBJECT, MISSING_FIELD, INVALID_FIELD, SCHEMA, UNKNOWN_TYPE -> 422;
        };
    }

    /** A refusal that is over soon. */
    static Refused retryLater(String code, String message, int retryAfterSeconds) {
        return new Refused(503, code, message, Map.of(), Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }
}
