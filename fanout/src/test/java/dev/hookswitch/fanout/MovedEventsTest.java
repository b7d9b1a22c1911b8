package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovedEventsTest {
    private static final byte[] TENANT = "acme".getBytes(UTF_8);
    private static final byte[] VALUE = {1, 2, 3};
    private static final Source AT_FIRST = new Source("events", 3, 4_000_000_000L);
    private static final Source AT_LAST = new Source("events-moved", 5, 6);

    @Test
    void comesBackAsItWas() {
        Headers headers = new RecordHeaders().add("trace", new byte[] {(byte) 0x80});
        Publication published = new Publication(record("own key".getBytes(UTF_8), headers), AT_FIRST, false);

        Record<byte[], byte[]> moved = MovedEvents.pack(published, TENANT);
        Publication unpacked = MovedEvents.unpack(moved.withTimestamp(99), AT_LAST, "events");

        assertThat(moved.key()).isEqualTo(TENANT);
        assertThat(unpacked.moved()).isTrue();
        assertThat(unpacked.source()).isEqualTo(AT_FIRST);
        assertThat(unpacked.record().key()).isEqualTo(published.record().key());
        assertThat(unpacked.record().value()).isEqualTo(VALUE);
        assertThat(unpacked.record().timestamp()).isEqualTo(7);
        assertThat(unpacked.record().headers()).isEqualTo(headers);
        assertThat(MovedEvents.timestampMs(consumed(moved.headers()), 0)).isEqualTo(7);
        assertThat(MovedEvents.source(moved.headers(), "events")).isEqualTo(AT_FIRST);
    }

    @Test
    void recordWithoutKeyIsAgainWithoutKey() {
        Publication published = new Publication(record(null, new RecordHeaders()), AT_FIRST, false);

        assertThat(MovedEvents.unpack(MovedEvents.pack(published, TENANT), AT_LAST, "events")
                        .record()
                        .key())
                .isNull();
    }

    /** Somebody else may write to any topic; that must not end the fan-out. */
    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1:2", "a:b:c", "1:2:99999999999999999999"})
    void recordThatSaysNothingOfItsOriginIsTakenAsPublishedThere(String from) {
        Headers headers = new RecordHeaders().add(MovedEvents.FROM, from.getBytes(UTF_8));

        Publication unpacked = MovedEvents.unpack(record(TENANT, headers), AT_LAST, "events");

        assertThat(unpacked.source()).isEqualTo(AT_LAST);
        assertThat(MovedEvents.timestampMs(consumed(headers), 0)).isEqualTo(99);
        assertThat(MovedEvents.source(headers, "events")).isNull();
    }

    private static Record<byte[], byte[]> record(byte @Nullable [] key, Headers headers) {
        return new Record<>(key, VALUE, 7, headers);
    }

    private static ConsumerRecord<Object, Object> consumed(Headers headers) {
        return new ConsumerRecord<>(
                "events-moved",
                5,
                6,
                99,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                TENANT,
                VALUE,
                headers,
                Optional.empty());
    }
}
