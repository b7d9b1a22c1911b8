package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.ingest.IngestClient.Reply;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tenant's endpoints could not take is refused; without their knowledge everything passes. */
@ExtendWith(KafkaExtension.class)
class EndpointDoorTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String WRONG = "{\"id\":\"evt_1\",\"type\":\"call.failed\",\"tenant\":\"acme\","
            + "\"occurred_at\":\"2026-01-15T14:30:00Z\",\"data\":{\"call_id\":7,\"phone_number\":false}}";

    private final KafkaCluster kafka;
    private final Settings settings;
    private final TopicLayout topics;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestKeys.Made producer = TestKeys.makeProducer();

    EndpointDoorTest(KafkaCluster kafka) {
        this.kafka = kafka;
        this.settings = Settings.of(Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "topics.prefix",
                kafka.uniquePrefix(),
                "topics.events.partitions",
                "1",
                "ingest.port",
                "0"));
        this.topics = TopicLayout.of(settings);
        kafka.createTopics(1, topics.events());
        TestKeys.createTopics(kafka, settings);
        TestKeys.write(kafka, settings, producer.row());
    }

    @Test
    void whatFitsNoEndpointOfTheTenantIsRefusedWithEverythingThatIsWrong() {
        try (IngestRole role = new IngestRole(settings, meters)) {
            role.start();
            await().atMost(LIMIT).until(() -> role.health().ready());
            IngestClient client = new IngestClient(role.port(), producer.key());
            subscribe("standard");
            await().atMost(LIMIT).until(() -> client.post(WRONG).status() == 202);

            subscribe("ringyo");

            await().atMost(LIMIT).until(() -> client.post(WRONG).status() == 422);
            Reply reply = client.post(WRONG);
            assertThat(reply.code()).isEqualTo("schema");
            assertThat(StreamSupport.stream(
                                    reply.body().at("/error/details/problems").spliterator(), false)
                            .map(problem -> problem.path("pointer").asText()))
                    .contains("/data/call_id")
                    .hasSizeGreaterThan(1);
            assertThat(client.post(WRONG.replace("call.failed", "no.such")).code())
                    .isEqualTo("unknown_type");
        }
    }

    @Test
    void everythingPassesWhileTheEndpointsAreNotKnown() {
        IngestMetrics metrics = new IngestMetrics(meters);
        IngestSettings read = IngestSettings.of(settings);
        try (EndpointDoor door = new EndpointDoor(read, new KafkaProperties(settings), metrics);
                MockedIngest ingest = new MockedIngest(true, producer, door, Map.of())) {
            assertThat(ingest.client().post(WRONG).status()).isEqualTo(202);
            assertThat(meters.get("hookswitch.ingest.unchecked").counter().count())
                    .isEqualTo(1);
        }
    }

    private void subscribe(String profile) {
        Subscription subscription = new Subscription(
                "acme",
                "wh_1",
                profile,
                "name",
                "https://receiver.example/",
                Set.of("*"),
                null,
                true,
                1,
                1,
                List.of(new SealedSecret(1, "k1", "wrapped", "sealed")),
                0,
                0);
        kafka.send(topics.subscriptions(), subscription.id().topicKey(), new String(Wire.write(subscription), UTF_8));
    }
}
