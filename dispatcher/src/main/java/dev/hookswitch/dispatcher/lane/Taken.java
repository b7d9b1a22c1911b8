package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.Delivery;
import org.apache.kafka.common.TopicPartition;

/**
 * A delivery that a lane has taken in.
 *
 * @param partition where it was read
 * @param entry its place among what is done and not done there
 * @param delivery what its headers say
 * @param body the exact bytes to POST
 */
record Taken(TopicPartition partition, OffsetTracker.Entry entry, Delivery delivery, byte[] body) {

    /** Where it stands in {@code deliveries}. */
    Delivery.Origin origin() {
        Delivery.Origin origin = delivery.origin();
        return origin != null ? origin : new Delivery.Origin(partition.partition(), entry.offset());
    }
}
