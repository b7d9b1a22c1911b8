package dev.hookswitch.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FanoutTopologyTest {
    /** Kafka Streams gives up on a record with a negative timestamp, which a broker takes from any client. */
    @Test
    void recordWithoutTimestampIsNotFatal() {
        assertThat(FanoutTopology.timestampMs(record(-1), 5)).isZero();
        assertThat(FanoutTopology.timestampMs(record(7), 5)).isEqualTo(7);
    }

    private static ConsumerRecord<Object, Object> record(long timestampMs) {
        return new ConsumerRecord<>(
                "events",
                0,
                0,
                timestampMs,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                java.util.Optional.empty());
    }
}
