package dev.hookswitch.common.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What producers of deliveries have in common, whichever role they are of: what fitted into one topic fits into the next, and
 * a send fails before the transaction that it is in.
 */
public final class DeliveryProducers {
    /** Readers wait at most so long, and until the broker looks, for what a killed process left open. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

    private static final Map<String, String> SHARED = Map.of(
            "acks", "all",
            "enable.idempotence", "true",
            "transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()),
            "delivery.timeout.ms", "9000",
            "request.timeout.ms", "5000",
            "max.block.ms", "10000",
            "compression.type", "lz4",
            "max.request.size", Integer.toString(3 * 1024 * 1024));

    private DeliveryProducers() {}

    /** The properties, with a role's own. */
    public static Map<String, String> with(Map<String, String> own) {
        Map<String, String> all = new HashMap<>(SHARED);
        all.putAll(own);
        return all;
    }
}
