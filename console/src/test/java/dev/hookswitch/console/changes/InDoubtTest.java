package dev.hookswitch.console.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class InDoubtTest {
    private final KafkaCluster kafka;
    private final KafkaProperties properties;
    private final String topic;

    InDoubtTest(KafkaCluster kafka) {
        this.kafka = kafka;
        this.properties = new KafkaProperties(Settings.of(Map.of("kafka.bootstrap.servers", kafka.bootstrapServers())));
        this.topic = kafka.uniquePrefix() + "audit";
        kafka.createTopics(1, topic);
    }

    @Test
    void theLogTellsWhatWasCommittedAndWhatWasNot() throws Exception {
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            assertThat(written(producer, true).wasMade(properties, Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(written(producer, false).wasMade(properties, Duration.ofSeconds(30)))
                    .isFalse();
            assertThat(written(producer, true).wasMade(properties, Duration.ofSeconds(30)))
                    .isTrue();
        }
    }

    private InDoubt written(Producer<byte[], byte[]> producer, boolean committed)
            throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        Future<RecordMetadata> sent =
                producer.send(new ProducerRecord<>(topic, "acme".getBytes(UTF_8), "{}".getBytes(UTF_8)));
        producer.flush();
        if (committed) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
        return new InDoubt(new TopicPartition(topic, 0), sent.get().offset());
    }
}
