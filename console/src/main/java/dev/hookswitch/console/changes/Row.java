package dev.hookswitch.console.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written to one of the topics that are kept by key.
 *
 * @param topic its name
 * @param key of the record
 * @param value to be written as JSON; null for a deletion
 */
public record Row(String topic, String key, @Nullable Object value) {

    ProducerRecord<byte[], byte[]> record(TopicSpec spec) {
        byte[] bytes = key.getBytes(UTF_8);
        // Kafka's default for keys, spelled out: a partitioner from the settings would leave ghosts in the topic.
        int partition = Utils.toPositive(Utils.murmur2(bytes)) % spec.partitions();
        Object written = value;
        return new ProducerRecord<>(topic, partition, bytes, written == null ? null : Wire.write(written));
    }
}
