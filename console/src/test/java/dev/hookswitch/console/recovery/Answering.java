package dev.hookswitch.console.recovery;

import dev.hookswitch.common.model.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Does with what recoveries put what a dispatcher would, whenever it is told to. */
final class Answering implements AutoCloseable {
    private final Scene scene;
    private final Consumer<byte[], byte[]> consumer;

    /** @param consumer is closed with it */
    Answering(Scene scene, Consumer<byte[], byte[]> consumer) {
        this.scene = scene;
        this.consumer = consumer;
        int partition = scene.partition(scene.endpoint);
        List<TopicPartition> partitions = List.of(
                new TopicPartition(scene.topics.deliveriesDue(), partition),
                new TopicPartition(scene.topics.deliveries(), partition));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** How many were attempted. */
    int answer() {
        List<Delivery> put = putSince();
        put.forEach(scene::attempted);
        return put.size();
    }

    /** How many were discarded. */
    int discard() {
        List<Delivery> put = putSince();
        put.forEach(scene::discarded);
        return put.size();
    }

    private List<Delivery> putSince() {
        List<Delivery> put = new ArrayList<>();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                Delivery delivery = Scene.read(record);
                if (delivery.recoveryId() != null) {
                    put.add(delivery);
                }
            }
        }
        return put;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
