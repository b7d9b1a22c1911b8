package dev.hookswitch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
    @Test
    void noSettingWeakensTheAcknowledgement() {
        Settings careless = Settings.of(Map.of(
                "kafka.acks", "0",
                "kafka.producer.acks", "1",
                "kafka.producer.enable.idempotence", "false",
                "kafka.producer.delivery.timeout.ms", "120000",
                "kafka.producer.max.block.ms", "60000"));

        Limits limits = IngestSettings.of(careless).limits();

        Map<String, Object> inForce =
                new KafkaProperties(careless).producer(EventPublisher.producerProperties(limits, 2_097_152));

        assertThat(inForce)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("delivery.timeout.ms", "8000")
                .containsEntry("max.block.ms", "2000");
    }
}
