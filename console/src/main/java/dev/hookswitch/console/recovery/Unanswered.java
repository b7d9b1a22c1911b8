package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the deliveries that a recovery has put and for which no POST was made yet, by following {@code delivery-attempts}.
 * Begins with none: what an interrupted run left unanswered may come on top once.
 */
final class Unanswered implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final byte[] key;
    private final String recoveryId;
    private long count;

    Unanswered(Consumer<byte[], byte[]> consumer, TopicLayout topics, EndpointId endpoint, String recoveryId) {
        this.consumer = consumer;
        this.key = endpoint.webhookId().getBytes(UTF_8);
        this.recoveryId = recoveryId;
        List<TopicPartition> partition =
                List.of(new TopicPartition(topics.deliveryAttempts(), Partitions.of(endpoint.webhookId(), topics)));
        consumer.assign(partition);
        consumer.seekToEnd(partition);
        // Not later, when the first answer may have come already.
        long unused = consumer.position(partition.get(0));
    }

    long count() {
        return count;
    }

    void put(int more) {
        count += more;
    }

    /** Waits so long for answers; true when some have come. */
    boolean await(Duration wait) {
        long before = count;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (Arrays.equals(key, record.key()) && isFirstPost(record.value())) {
                count = Math.max(0, count - 1);
            }
        }
        return count < before;
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

    @Override
    public void close() {
        consumer.close();
    }
}
