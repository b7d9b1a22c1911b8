package dev.hookswitch.fanout;

import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * The events of one partition that were taken within the window. Its clock is the log's: it goes by the times at which
 * records were published, so that a fan-out that was down forgets nothing that it still needs. It never goes back, never
 * ahead of the wall clock, and lags behind it no more than events are kept, so that neither a clock that is wrong nor a
 * publisher that stamps nothing makes it forget too soon or too late.
 */
final class SeenEvents {
    /** A key that no event has. */
    private static final Bytes NO_EVENT = Bytes.wrap(new byte[0]);

    private final RepeatWindow window;
    private final long mostLagMs;
    private final WindowStore<Bytes, byte[]> store;
    private long timeMs;
    private boolean begun;

    /**
     * @param mostLagMs how far the clock may be behind the wall clock
     * @param store of the window, restored
     */
    SeenEvents(RepeatWindow window, long mostLagMs, WindowStore<Bytes, byte[]> store) {
        this.window = window;
        this.mostLagMs = mostLagMs;
        this.store = store;
        this.timeMs = newestBucketMs();
        this.begun = timeMs > 0;
    }

    /** A restart must not set the clock back: what is remembered would lie in buckets of the future, where nobody looks. */
    private long newestBucketMs() {
        try (KeyValueIterator<Windowed<Bytes>, byte[]> newest = store.backwardAll()) {
            if (!newest.hasNext()) {
                return 0;
            }
            KeyValue<Windowed<Bytes>, byte[]> entry = newest.next();
            return window.beginMs(window.bucketStoredAt(entry.key.window().start()));
        }
    }

    /** A record was published then, by its timestamp. */
    void advance(long publishedMs, long nowMs) {
        timeMs = Math.max(timeMs, Math.min(nowMs, Math.max(publishedMs, nowMs - mostLagMs)));
    }

    /** The publication of that event that was taken, if there is one in the window. */
    Optional<Sighting> find(EventIdentity event) {
        long newest = window.bucket(timeMs);
        for (long bucket = newest; bucket > newest - RepeatWindow.BUCKETS; bucket--) {
            byte @Nullable [] value = store.fetch(event.key(), window.storedAtMs(bucket));
            if (value != null) {
                Sighting sighting = Sighting.decode(value);
                boolean fresh = timeMs - (window.beginMs(bucket) + sighting.sinceBucketMs()) < window.millis();
                return fresh ? Optional.of(sighting) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Sees to it that the store has a segment. Kafka Streams keeps in the segments how far a store is restored: at a restart
     * it takes one without any for corrupt, and says so as an error. Does nothing from the second time on.
     */
    void begin(long nowMs) {
        if (!begun) {
            begun = true;
            advance(0, nowMs);
            store.put(NO_EVENT, new Sighting(0, 0, 0, 0).encode(), window.storedAtMs(window.bucket(timeMs)));
        }
    }

    /** The event is taken, as published there. */
    void remember(EventIdentity event, Source source) {
        begun = true;
        long bucket = window.bucket(timeMs);
        Sighting sighting =
                new Sighting(timeMs - window.beginMs(bucket), event.content(), source.partition(), source.offset());
        store.put(event.key(), sighting.encode(), window.storedAtMs(bucket));
    }
}
