package dev.hookswitch.ingest;

import dev.hookswitch.common.access.Refusal;
import dev.hookswitch.common.event.Problem;
import java.util.List;
import java.util.Map;

/** What a request is answered. */
sealed interface Answer {
    /** HTTP status. */
    int status();

    /** Stable word for what happened: the error's code, or {@code accepted}. */
    String code();

    /**
     * The events are safe in Kafka.
     *
     * @param ids the events' ids, in their order
     * @param batch whether they came as a batch
     */
    record Accepted(List<String> ids, boolean batch) implements Answer {
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
     * The events are not taken, or nobody knows whether they are.
     *
     * @param message for people
     * @param details for programs
     * @param problems everything that is wrong with what was sent
     * @param headers to send along
     */
    record Refused(
            int status,
            String code,
            String message,
            Map<String, String> details,
            List<Problem> problems,
            Map<String, String> headers)
            implements Answer {}

    /** A refusal that needs no details. */
    static Refused refused(int status, String code, String message) {
        return new Refused(status, code, message, Map.of(), List.of(), Map.of());
    }

    /** Who sent it may not. */
    static Refused refused(Refusal why, Map<String, String> details) {
        return new Refused(why.status(), why.code(), why.message(), details, List.of(), Map.of());
    }

    /** What was sent is no event. */
    static Refused refused(Problem problem) {
        return refused(List.of(problem));
    }

    /** What was sent is no event, or holds some that are none; the first problem names the answer. */
    static Refused refused(List<Problem> problems) {
        Problem first = problems.get(0);
        return new Refused(
                status(first.reason()),
                first.reason().wireName(),
                first.message(),
                Map.of("pointer", first.pointer()),
                problems,
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
        return new Refused(
                503, code, message, Map.of(), List.of(), Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }
}
