package dev.hookswitch.fanout;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Puts records with the same webhook id into the same partition of every topic that is aligned with {@code deliveries},
 * where Kafka's default partitioner (murmur2 of the key) would put them. Counts partitions as declared, so that adding some
 * to one topic alone does not part them.
 */
final class WebhookPartitioner implements StreamPartitioner<byte[], byte[]> {
    private final int partitions;

    /** @param partitions of {@code deliveries} and what is aligned with it, as declared */
    WebhookPartitioner(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int actualPartitions) {
        return Optional.of(Set.of(BuiltInPartitioner.partitionForKey(key, partitions)));
    }
}
