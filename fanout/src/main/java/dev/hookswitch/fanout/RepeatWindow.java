package dev.hookswitch.fanout;

import dev.hookswitch.common.config.HumanDuration;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;

/**
 * How long ids are remembered, and how that is laid out in a window store: time is cut into buckets of half the window, each
 * a segment of the store. An id is looked up in the three buckets that the window touches, each a look-up of one key, and is
 * forgotten with its segment, at no cost.
 *
 * @param window how long
 */
record RepeatWindow(Duration window) {
    /** The store has no shorter segments than a minute, and a bucket must be one. */
    static final Duration SHORTEST = Duration.ofMinutes(2);

    static final Duration LONGEST = Duration.ofDays(30);
    /** Buckets that a window touches. */
    static final int BUCKETS = 3;
    /** Rolled at this size or after a bucket, so that what is too old can go. */
    private static final String CHANGELOG_SEGMENT_BYTES = Integer.toString(128 * 1024 * 1024);

    /** Another window has another store: buckets of one length say nothing in those of another. */
    String storeName() {
        return "seen-" + HumanDuration.format(window);
    }

    /** The window's length. */
    long millis() {
        return window.toMillis();
    }

    /** Which bucket a time is in. */
    long bucket(long timeMs) {
        return timeMs / bucketMs();
    }

    /** When a bucket begins. */
    long beginMs(long bucket) {
        return bucket * bucketMs();
    }

    /**
     * The timestamp in the store's keys of a bucket: a millisecond into it, because the store keeps the segments from its
     * newest timestamp less the retention on, and that is one millisecond longer than two buckets.
     */
    long storedAtMs(long bucket) {
        return beginMs(bucket) + 1;
    }

    /** The bucket of a timestamp in the store's keys. */
    long bucketStoredAt(long storedAtMs) {
        return bucket(storedAtMs - 1);
    }

    /** The length of a bucket. */
    long bucketMs() {
        return (window.toMillis() + 1) / 2;
    }

    /** Where it is kept. Its segments are half its retention, which is a bucket. */
    WindowBytesStoreSupplier disk() {
        Duration retention = Duration.ofMillis(2 * bucketMs() + 1);
        return Stores.persistentWindowStore(storeName(), retention, retention, false);
    }

    /** The store. */
    StoreBuilder<WindowStore<Bytes, byte[]>> store() {
        return Stores.windowStoreBuilder(disk(), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        // No key is written twice, so there is nothing to compact.
                        "cleanup.policy",
                        "delete",
                        // Else the retention would go by the publishers' clocks.
                        "message.timestamp.type",
                        "LogAppendTime",
                        "segment.bytes",
                        CHANGELOG_SEGMENT_BYTES,
                        "segment.ms",
                        Long.toString(
                                Math.max(bucketMs(), Duration.ofMinutes(10).toMillis()))));
    }
}
