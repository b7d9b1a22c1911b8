package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that a lane has taken in.
 *
 * @param partition where it was read
 * @param entry its place among what is done and not done there
 * @param delivery what its headers say
 * @param body the exact bytes to POST
 */
record Taken(TopicPartition partition, OffsetTracker.Entry entry, Delivery delivery, byte[] body) {

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when the record is no delivery, naming what is wrong with it
     */
    static Taken of(Intake.Arrival arrival) {
        ConsumerRecord<byte[], byte[]> record = arrival.record();
        return new Taken(
                arrival.partition(), arrival.entry(), DeliveryHeaders.read(record.headers()), body(record.value()));
    }

    private static byte[] body(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalArgumentException("the record has no value");
        }
        if (value.length > LaneRecords.MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "the value must have at most " + LaneRecords.MAX_BODY_BYTES + " bytes, has " + value.length);
        }
        return value;
    }

    /** Where it stands in {@code deliveries}. */
    Delivery.Origin origin() {
        Delivery.Origin origin = delivery.origin();
        return origin != null ? origin : new Delivery.Origin(partition.partition(), entry.offset());
    }
}
