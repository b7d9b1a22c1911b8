package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.EndpointStatus.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one activation of an endpoint is. Each state offers only its legal exits; {@link HealthPolicy} chooses. */
sealed interface EndpointHealth {

    /** The activation that the state is about. */
    long activation();

    /** Failures in a row, in the unit that the profile counts. */
    int consecutiveFailures();

    /** The state as {@code endpoint-status} tells it, which is also how it is stored. */
    EndpointStatus toStatus(EndpointId endpoint);

    /** Reads {@link #toStatus} back; null for a state that a newer version wrote, of which nothing is known. */
    static @Nullable EndpointHealth of(EndpointStatus status) {
        Instant since = Instant.ofEpochMilli(status.sinceMs());
        String reason = status.reason();
        return switch (status.state()) {
            case HEALTHY -> new Healthy(status.activation(), since);
            case FAILING -> new Failing(status.activation(), since, status.consecutiveFailures());
            case DISABLED ->
                new Disabled(
                        status.activation(),
                        since,
                        reason == null ? Disabled.CONSECUTIVE_FAILURES : reason,
                        status.consecutiveFailures());
            case UNKNOWN -> null;
        };
    }

    /** It is sent to. */
    sealed interface Enabled extends EndpointHealth {

        Healthy succeeded(Instant at);

        Failing failed(Instant at);

        /** Ends the activation; this failure counted or not, as the caller says. */
        default Disabled disabled(Instant at, String reason, int failures) {
            return new Disabled(activation(), at, reason, failures);
        }
    }

    /**
     * Its last attempt that counts was a success, or there was none.
     *
     * @param since when that began
     */
    record Healthy(long activation, Instant since) implements Enabled {
        @Override
        public int consecutiveFailures() {
            return 0;
        }

        @Override
        public Healthy succeeded(Instant at) {
            return this;
        }

        @Override
        public Failing failed(Instant at) {
            return new Failing(activation, at, 1);
        }

        @Override
        public EndpointStatus toStatus(EndpointId endpoint) {
            return status(endpoint, this, State.HEALTHY, null, since);
        }
    }

    /**
     * It fails, and is still sent to.
     *
     * @param since when the first of these failures happened
     * @param consecutiveFailures at least 1
     */
    record Failing(long activation, Instant since, int consecutiveFailures) implements Enabled {
        @Override
        public Healthy succeeded(Instant at) {
            return new Healthy(activation, at);
        }

        @Override
        public Failing failed(Instant at) {
            return new Failing(activation, since, consecutiveFailures + 1);
        }

        @Override
        public EndpointStatus toStatus(EndpointId endpoint) {
            return status(endpoint, this, State.FAILING, null, since);
        }
    }

    /**
     * It is sent nothing more. Nothing leads out of this activation; the next one begins healthy.
     *
     * @param at when it was disabled
     * @param reason why, as a stable word
     * @param consecutiveFailures how many there were
     */
    record Disabled(long activation, Instant at, String reason, int consecutiveFailures) implements EndpointHealth {
        /** As many consecutive failures as its profile allows. */
        static final String CONSECUTIVE_FAILURES = "consecutive_failures";
        /** It answered 410, and its profile takes that at its word. */
        static final String GONE = "gone";

        @Override
        public EndpointStatus toStatus(EndpointId endpoint) {
            return status(endpoint, this, State.DISABLED, reason, at);
        }
    }

    private static EndpointStatus status(
            EndpointId endpoint, EndpointHealth health, State state, @Nullable String reason, Instant since) {
        return new EndpointStatus(
                endpoint.tenant(),
                endpoint.webhookId(),
                health.activation(),
                state,
                health.consecutiveFailures(),
                reason,
                since.toEpochMilli());
    }
}
