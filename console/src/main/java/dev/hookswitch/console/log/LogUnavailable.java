package dev.hookswitch.console.log;

import java.time.Duration;

/** Nobody can say now what became of an endpoint's deliveries; HTTP's 503. The same question is worth asking again later. */
public final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final Duration retryAfter;

    /** Why. */
    public enum Reason {
        /** The log of this endpoint is being read from Kafka; it would tell less than it will. */
        REBUILDING,
        /** It goes from one process to another, or the one that has it does not answer. */
        UNREACHABLE
    }

    public LogUnavailable(Reason reason, Duration retryAfter, String message) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    /** After which time to ask again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
