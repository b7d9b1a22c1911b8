package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.ingest.IngestClient.Reply;
import dev.hookswitch.testkit.RestartableKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokerDownTest {
    @Test
    void whatIsAcceptedIsInKafkaAndWhatIsNotIsToBeTriedAgain() {
        try (RestartableKafka kafka = new RestartableKafka()) {
            Settings settings = Settings.of(Map.of(
                    "kafka.bootstrap.servers", kafka.cluster().bootstrapServers(),
                    "kafka.reconnect.backoff.max.ms", "200",
                    "topics.events.partitions", "1",
                    "access.max-age", "5s",
                    "ingest.block-timeout", "1s",
                    "ingest.acknowledgement-timeout", "2s",
                    "ingest.port", "0"));
            String topic = TopicLayout.of(settings).events();
            kafka.cluster().createTopics(1, topic);
            TestKeys.createTopics(kafka.cluster(), settings);
            TestKeys.Made producer = TestKeys.makeProducer();
            TestKeys.write(kafka.cluster(), settings, producer.row());
            try (IngestRole role = new IngestRole(settings, new SimpleMeterRegistry())) {
                role.start();
                IngestClient client = new IngestClient(role.port(), producer.key());
                await().atMost(Duration.ofSeconds(30)).until(() -> role.health().ready());
                Set<String> accepted = new HashSet<>();
                awaitAccepted(client, "before", accepted);

                kafka.stop();
                Reply refused = post(client, "during", accepted);
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.code()).isEqualTo("unavailable");
                assertThat(refused.header("Retry-After")).isNotEmpty();
                assertThat(role.health().ready()).isFalse();
                assertThat(role.health().alive()).isTrue();

                // A key may have been revoked since: nobody is judged by what was known so long ago.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> client.post("{}").status() == 503);
                assertThat(role.health().ready()).isFalse();
                assertThat(role.health().alive()).isTrue();

                kafka.start();
                awaitAccepted(client, "after", accepted);
                assertThat(role.health().ready()).isTrue();
                assertThat(kafka.cluster().readAll(topic))
                        .extracting(record -> new String(record.value(), UTF_8))
                        .containsAll(accepted);
            }
        }
    }

    /** A slow machine may take longer than the limits for the first. */
    private static void awaitAccepted(IngestClient client, String id, Set<String> accepted) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> post(client, id, accepted).status() == 202);
    }

    private static Reply post(IngestClient client, String id, Set<String> accepted) {
        String event = IngestClient.EVENT.replace("evt_1", id);
        Reply reply = client.post(event);
        if (reply.status() == 202) {
            accepted.add(event);
        }
        return reply;
    }
}
