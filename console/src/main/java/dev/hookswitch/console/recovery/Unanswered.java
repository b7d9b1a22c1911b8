package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the deliveries that a recovery has put and of which nothing was heard yet, neither a first POST nor that they ended
 * without one, by following {@code delivery-attempts} and {@code delivery-outcomes}. Begins with none: what an interrupted
 * run left unanswered may come on top once.
 */
final class Unanswered implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final String attemptsTopic;
    private final byte[] key;
    private final String recoveryId;
    private long count;

    /**
     * What a wait has brought.
     *
     * @param posts first POSTs
     * @param discards deliveries that ended without a POST, because the endpoint gets none
     */
    record Heard(int posts, int discards) {
        boolean isNothing() {
            return posts + discards == 0;
        }
    }

    /** @param consumer is closed with it, also when this fails */
    Unanswered(Consumer<byte[], byte[]> consumer, TopicLayout topics, EndpointId endpoint, String recoveryId) {
        this.consumer = consumer;
        this.attemptsTopic = topics.deliveryAttempts();
        this.key = endpoint.webhookId().getBytes(UTF_8);
        this.recoveryId = recoveryId;
        int partition = Partitions.of(endpoint.webhookId(), topics);
        List<TopicPartition> followed = List.of(
                new TopicPartition(attemptsTopic, partition), new TopicPartition(topics.deliveryOutcomes(), partition));
        try {
            consumer.assign(followed);
            consumer.seekToEnd(followed);
            // Not later, when the first answer may have come already.
            followed.forEach(consumer::position);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    long count() {
        return count;
    }

    void put(int more) {
        count += more;
    }

    /** Waits so long for answers. */
    Heard await(Duration wait) {
        int posts = 0;
        int discards = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (!Arrays.equals(key, record.key())) {
                continue;
            }
            if (record.topic().equals(attemptsTopic)) {
                posts += isFirstPost(record.value()) ? 1 : 0;
            } else {
                discards += isWithoutPost(record.value()) ? 1 : 0;
            }
        }
        count = Math.max(0, count - posts - discards);
        return new Heard(posts, discards);
    }

    private boolean isFirstPost(byte[] value) {
        try {
            AttemptRow row = Wire.read(value, AttemptRow.class);
            return recoveryId.equals(row.recoveryId()) && row.kind() == AttemptRow.Kind.ATTEMPT && row.attempt() == 1;
        } catch (RuntimeException e) {
            // Others complain of it.
            return false;
        }
    }

    private boolean isWithoutPost(byte[] value) {
        try {
            OutcomeRow row = Wire.read(value, OutcomeRow.class);
            return recoveryId.equals(row.recoveryId()) && row.attempts() == 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
