package dev.hookswitch.ingest;

import dev.hookswitch.common.config.SettingsReader;
import java.time.Duration;

/**
 * How much a request may carry, and how long it may take to come.
 *
 * @param maxEventBytes of one event
 * @param maxBatchEvents of one batch
 * @param maxBatchBytes of one batch
 * @param maxHeldBytes of the bodies of all requests that are read or wait for Kafka
 * @param timeout for a body to come in whole, and for any pause within it
 */
record BodyLimits(int maxEventBytes, int maxBatchEvents, int maxBatchBytes, int maxHeldBytes, Duration timeout) {
    private static final int LARGEST_EVENT_BYTES = 1_048_576;
    private static final int LARGEST_BATCH_BYTES = 64 * 1_048_576;
    private static final String HELD = "ingest.max-held-bytes";

    static BodyLimits of(SettingsReader reader) {
        BodyLimits limits = new BodyLimits(
                reader.integer("events.max-bytes", 1, LARGEST_EVENT_BYTES),
                reader.integer("ingest.batch.max-events", 1, 10_000),
                reader.integer("ingest.batch.max-bytes", 1, LARGEST_BATCH_BYTES),
                reader.integer(HELD, 1, Integer.MAX_VALUE),
                reader.duration("ingest.body-timeout", Duration.ofMillis(100), Duration.ofMinutes(5)));
        if (limits.maxHeldBytes() < limits.maxBodyBytes()) {
            reader.problem(
                    HELD,
                    "must not be less than one request may carry (events.max-bytes, ingest.batch.max-bytes): "
                            + limits.maxBodyBytes());
        }
        return limits;
    }

    /** The largest body that is read. */
    int maxBodyBytes() {
        return Math.max(maxEventBytes, maxBatchBytes);
    }
}
