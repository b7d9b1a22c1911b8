package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of {@code events-moved}: the event as it came with its tenant as the key, and headers that keep
 * its own key and where and when it was published.
 */
final class MovedEvents {
    /** {@code partition:offset:timestamp} in {@code events}. */
    static final String FROM = "hs-moved-from";
    /** The key in {@code events}; absent for none. */
    static final String KEY = "hs-moved-key";

    private MovedEvents() {}

    private record Origin(int partition, long offset, long timestampMs) {}

    static Record<byte[], byte[]> pack(Publication publication, byte[] tenant) {
        Record<byte[], byte[]> record = publication.record();
        Source source = publication.source();
        String from = source.partition() + ":" + source.offset() + ":" + record.timestamp();
        Headers headers = new RecordHeaders(record.headers()).add(FROM, from.getBytes(UTF_8));
        if (record.key() != null) {
            headers.add(KEY, record.key());
        }
        return new Record<>(tenant, record.value(), record.timestamp(), headers);
    }

    /** The event as it came. A record that somebody else wrote there counts as published there. */
    static Publication unpack(Record<byte[], byte[]> record, Source at, String eventsTopic) {
        Origin origin = origin(record.headers());
        if (origin == null) {
            return new Publication(record, at, true);
        }
        Header key = record.headers().lastHeader(KEY);
        Headers headers = new RecordHeaders(record.headers()).remove(FROM).remove(KEY);
        byte[] none = null;
        return new Publication(
                new Record<>(key == null ? none : key.value(), record.value(), origin.timestampMs(), headers),
                new Source(eventsTopic, origin.partition(), origin.offset()),
                true);
    }

    /** Where the event stands in {@code events}; null when the headers do not say so. */
    static @Nullable Source source(Headers headers, String eventsTopic) {
        Origin origin = origin(headers);
        return origin == null ? null : new Source(eventsTopic, origin.partition(), origin.offset());
    }

    /** When the event was published, so that it takes its turn among those that were not moved. */
    static long timestampMs(ConsumerRecord<Object, Object> moved, long partitionTimeMs) {
        Origin origin = origin(moved.headers());
        return origin == null ? Math.max(0, moved.timestamp()) : origin.timestampMs();
    }

    private static @Nullable Origin origin(Headers headers) {
        Header from = headers.lastHeader(FROM);
        if (from == null) {
            return null;
        }
        String[] parts = new String(from.value(), UTF_8).split(":", -1);
        try {
            return new Origin(
                    Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Math.max(0, Long.parseLong(parts[2])));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }
}
