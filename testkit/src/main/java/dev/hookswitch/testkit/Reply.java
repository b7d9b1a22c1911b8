package dev.hookswitch.testkit;

import java.time.Duration;
import java.util.Map;

/** How a {@link Receiver} answers one request. */
public sealed interface Reply {
    static Reply status(int status) {
        return new Answer(status, Map.of(), "");
    }

    static Reply status(int status, Map<String, String> headers) {
        return new Answer(status, headers, "");
    }

    static Reply status(int status, Map<String, String> headers, String body) {
        return new Answer(status, headers, body);
    }

    /** Gives the other reply later, without holding a thread meanwhile. */
    static Reply after(Duration delay, Reply then) {
        return new After(delay, then);
    }

    /** Leaves the request without an answer until the receiver is closed. */
    static Reply never() {
        return new Never();
    }

    /** The body is sent as UTF-8. */
    record Answer(int status, Map<String, String> headers, String body) implements Reply {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    record After(Duration delay, Reply then) implements Reply {}

    record Never() implements Reply {}
}
