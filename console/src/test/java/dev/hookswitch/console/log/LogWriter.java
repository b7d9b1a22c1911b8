package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.console.recovery.Partitions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Writes rows as dispatchers do, and knows when a log has read them. */
public final class LogWriter {
    private final Deployment deployment;
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    public LogWriter(Deployment deployment) {
        this.deployment = deployment;
    }

    public void write(AttemptRow row) {
        send(deployment.topics().deliveryAttempts(), row.webhookId(), Wire.write(row));
    }

    public void write(OutcomeRow row) {
        send(deployment.topics().deliveryOutcomes(), row.webhookId(), Wire.write(row));
    }

    /** What is no row, or not a whole one. */
    void garbage(String webhookId) {
        send(deployment.topics().deliveryAttempts(), webhookId, "{\"kind\":".getBytes(UTF_8));
        send(
                deployment.topics().deliveryOutcomes(),
                webhookId,
                ("{\"delivery_id\":\"msg_01KF1N16HRJ8VV9T1CE9WGV3MA\",\"tenant\":\"acme\",\"webhook_id\":\"" + webhookId
                                + "\",\"outcome\":\"failed\",\"reason\":\"timeout\",\"attempts\":1,\"occurred_at_ms\":1,"
                                + "\"ended_at_ms\":1,\"test\":false,\"events_partition\":0,\"events_offset\":1}")
                        .getBytes(UTF_8));
    }

    private void send(String topic, String webhookId, byte[] row) {
        int partition = Partitions.of(webhookId, deployment.topics());
        RecordMetadata at = deployment.kafka().send(topic, partition, webhookId.getBytes(UTF_8), row, Map.of());
        ends.put(new TopicPartition(topic, partition), at.offset() + 1);
    }

    /** Whether one of these logs has read all of it. */
    boolean isRead(Iterable<KafkaDeliveryLog> logs) {
        return ends.entrySet().stream().allMatch(end -> isRead(logs, end.getKey(), end.getValue()));
    }

    private boolean isRead(Iterable<KafkaDeliveryLog> logs, TopicPartition at, long end) {
        Source source = at.topic().equals(deployment.topics().deliveryAttempts()) ? Source.ATTEMPTS : Source.OUTCOMES;
        for (KafkaDeliveryLog log : logs) {
            if (log.owned(at.partition())
                    .filter(owned -> owned.isCaughtUp() && owned.readTo(source) >= end)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
