package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes dead letters: key, value and headers as they came, and headers that say what is wrong and where it stands. */
final class DeadLetters {
    static final String REASON = "hs-reason";
    static final String POINTER = "hs-pointer";
    static final String MESSAGE = "hs-message";
    static final String SOURCE = "hs-source";
    static final String FAILED_AT = "hs-failed-at-ms";
    /** Length of the value in a letter that is too large to be kept with it; to be found at {@link #SOURCE}. */
    static final String OMITTED_BYTES = "hs-omitted-bytes";

    private static final int MAX_TEXT_CHARS = 1_000;
    /** More than Kafka needs for the framing of a record, and of a header. */
    private static final int RECORD_OVERHEAD_BYTES = 256;

    private static final int HEADER_OVERHEAD_BYTES = 10;

    private final int maxRecordBytes;

    /** @param maxRecordBytes the largest record that {@code dead-letters} takes */
    DeadLetters(int maxRecordBytes) {
        this.maxRecordBytes = maxRecordBytes;
    }

    /** The record as it came; without key, value and headers of its own if it would be too large with ours. */
    Record<byte[], byte[]> of(Record<byte[], byte[]> refused, Source source, Fault fault, long nowMs) {
        Headers headers = describe(new RecordHeaders(refused.headers()), source, fault, nowMs);
        if (size(refused.key(), refused.value(), headers) > maxRecordBytes) {
            return withoutValue(refused, source, fault, nowMs);
        }
        return new Record<>(refused.key(), refused.value(), nowMs, headers);
    }

    /** The fault alone; the record itself stays in {@code events} for as long as that topic keeps it. */
    Record<byte[], byte[]> withoutValue(Record<byte[], byte[]> refused, Source source, Fault fault, long nowMs) {
        Headers headers = describe(new RecordHeaders(), source, fault, nowMs);
        add(headers, OMITTED_BYTES, Integer.toString(length(refused.value())));
        byte[] none = null;
        return new Record<>(none, none, nowMs, headers);
    }

    private static Headers describe(Headers headers, Source source, Fault fault, long nowMs) {
        add(headers, REASON, fault.reason());
        add(headers, POINTER, shortened(fault.pointer()));
        add(headers, MESSAGE, shortened(fault.message()));
        add(headers, SOURCE, source.text());
        add(headers, FAILED_AT, Long.toString(nowMs));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    static String shortened(String text) {
        return text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS) + "...";
    }

    private static long size(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long size = RECORD_OVERHEAD_BYTES + (long) length(key) + length(value);
        for (Header header : headers) {
            size += HEADER_OVERHEAD_BYTES + header.key().getBytes(UTF_8).length + (long) length(header.value());
        }
        return size;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
