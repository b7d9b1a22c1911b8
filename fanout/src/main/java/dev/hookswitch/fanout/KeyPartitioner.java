package dev.hookswitch.fanout;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Puts records with the same key into the same partition of every topic that is aligned with each other, where Kafka's
 * default partitioner (murmur2 of the key) would put them. Counts partitions as declared, so that adding some to one topic
 * alone does not part them.
 */
final class KeyPartitioner implements StreamPartitioner<byte[], byte[]> {
    private final int partitions;

    /** @param partitions of the topics, as declared */
    KeyPartitioner(int partitions) {
        this.partitions = partitions;
    }

    /** Where records with that key are. */
    int partition(byte[] key) {
        return BuiltInPartitioner.partitionForKey(key, partitions);
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int actualPartitions) {
        return Optional.of(Set.of(partition(key)));
    }
}
