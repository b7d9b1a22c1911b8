package dev.hookswitch.benchmarks.recovery;

import dev.hookswitch.benchmarks.rig.TopicRows;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes every delivery that there is one that has failed long since. */
final class FailedPast {
    private FailedPast() {}

    /** Writes the outcomes, and takes the deliveries from the dispatchers to come. */
    static void write(String bootstrapServers, TopicLayout topics) throws InterruptedException {
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "5");
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            long[] end = new long[1];
            TopicRows.read(bootstrapServers, topics.deliveries(), 0, record -> {
                end[0] = record.offset() + 1;
                var unused = producer.send(new ProducerRecord<>(
                        topics.deliveryOutcomes(), record.partition(), record.key(), Wire.write(failed(record))));
            });
            producer.flush();
            admin.alterConsumerGroupOffsets(
                            topics.prefix() + "dispatcher",
                            Map.of(new TopicPartition(topics.deliveries(), 0), new OffsetAndMetadata(end[0])))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the dispatchers' position was not taken: " + e.getCause(), e.getCause());
        }
    }

    private static OutcomeRow failed(ConsumerRecord<byte[], byte[]> record) {
        Delivery delivery = DeliveryHeaders.read(record.headers());
        return new OutcomeRow(
                delivery.id(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.endpoint().tenant(),
                delivery.endpoint().webhookId(),
                delivery.profile(),
                OutcomeRow.Outcome.FAILED,
                "server_error",
                6,
                503,
                delivery.occurredAtMs(),
                record.timestamp(),
                false,
                record.partition(),
                record.offset(),
                delivery.eventsPartition(),
                delivery.eventsOffset(),
                null);
    }
}
