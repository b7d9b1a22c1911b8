package dev.hookswitch.console.recovery;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.topics.TopicLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** How far the fan-out is done with {@code events}: what lies beyond will get its deliveries from there. */
final class FanoutPositions {
    private static final long LIMIT_SECONDS = 10;

    private final KafkaProperties kafka;
    private final TopicLayout topics;

    FanoutPositions(KafkaProperties kafka, TopicLayout topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /**
     * The committed offset of each partition that it has begun.
     *
     * @throws IllegalStateException when Kafka does not answer
     */
    Map<Integer, Long> read() {
        Map<Integer, Long> positions = new HashMap<>();
        try (Admin admin = Admin.create(kafka.admin())) {
            admin.listConsumerGroupOffsets(topics.fanoutGroup())
                    .partitionsToOffsetAndMetadata()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .forEach((partition, position) -> {
                        // Kafka answers null for a partition without one.
                        if (partition.topic().equals(topics.events()) && position != null) {
                            positions.put(partition.partition(), position.offset());
                        }
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(e);
        } catch (ExecutionException | TimeoutException e) {
            throw unanswered(e);
        }
        return positions;
    }

    private static IllegalStateException unanswered(Exception cause) {
        return new IllegalStateException("Kafka does not say how far the fan-out is: " + cause.getMessage(), cause);
    }
}
