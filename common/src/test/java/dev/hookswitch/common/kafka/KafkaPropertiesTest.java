package dev.hookswitch.common.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaPropertiesTest {
    private final KafkaProperties kafka = new KafkaProperties(Settings.of(Map.of(
            "kafka.bootstrap.servers", "broker:9092",
            "kafka.client.id", "all",
            "kafka.producer.linger.ms", "5",
            "kafka.producer.client.id", "p",
            "kafka.consumer.max.poll.records", "7",
            "kafka.admin.retries", "3",
            "kafka.streams.num.standby.replicas", "1",
            "kafka.streams.consumer.max.poll.records", "8")));

    @Test
    void eachKindGetsTheCommonPropertiesAndItsOwn() {
        assertThat(kafka.producer(Map.of()))
                .isEqualTo(Map.of("bootstrap.servers", "broker:9092", "client.id", "p", "linger.ms", "5"));
        assertThat(kafka.consumer(Map.of()))
                .isEqualTo(Map.of("bootstrap.servers", "broker:9092", "client.id", "all", "max.poll.records", "7"));
        assertThat(kafka.admin())
                .isEqualTo(Map.of("bootstrap.servers", "broker:9092", "client.id", "all", "retries", "3"));
    }

    @Test
    void streamsHandsPrefixedPropertiesToItsOwnClients() {
        assertThat(kafka.streams(Map.of()))
                .isEqualTo(Map.of(
                        "bootstrap.servers", "broker:9092",
                        "client.id", "all",
                        "num.standby.replicas", "1",
                        "consumer.max.poll.records", "8"));
    }

    @Test
    void whatTheCallerAsksForWins() {
        assertThat(kafka.producer(Map.of("linger.ms", 0, "enable.idempotence", true)))
                .containsEntry("linger.ms", 0)
                .containsEntry("enable.idempotence", true)
                .containsEntry("client.id", "p");
        assertThat(kafka.producer(Map.of())).containsEntry("linger.ms", "5");
    }
}
