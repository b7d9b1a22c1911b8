package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.ingest.IngestClient.Reply;
import dev.hookswitch.ingest.TestKeys.Made;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys as they are written to Kafka decide who publishes over HTTP. */
@ExtendWith(KafkaExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ApiKeysTest {
    private static final Duration TAKES_EFFECT_WITHIN = Duration.ofSeconds(5);

    private final KafkaCluster kafka;
    private final Settings settings;
    private final IngestRole role;
    private final Made acme = TestKeys.make("acme", Scope.EVENTS_WRITE);
    private final AtomicInteger ids = new AtomicInteger();

    ApiKeysTest(KafkaCluster kafka) {
        this.kafka = kafka;
        this.settings = Settings.of(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "topics.prefix", kafka.uniquePrefix(),
                "topics.events.partitions", "1",
                "ingest.requests-per-second", "100000",
                "ingest.port", "0"));
        this.role = new IngestRole(settings, new SimpleMeterRegistry());
    }

    @BeforeAll
    void start() {
        kafka.createTopics(1, TopicLayout.of(settings).events());
        TestKeys.createTopics(kafka, settings);
        tenant("acme", TenantRow.Limits.NONE);
        tenant("slow", new TenantRow.Limits(null, null, 2));
        TestKeys.write(kafka, settings, acme.row());
        role.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> role.health().ready());
    }

    @AfterAll
    void stop() {
        role.close();
    }

    @Test
    void aRightKeyPublishesForItsTenantAndIsToldWhatIsLeft() {
        Reply reply = client(acme).post(event("acme"));
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("X-RateLimit-Limit")).isEqualTo("100000");
        assertThat(Integer.parseInt(reply.header("X-RateLimit-Remaining"))).isBetween(90_000, 99_999);
        assertThat(Long.parseLong(reply.header("X-RateLimit-Reset"))).isGreaterThan(1_700_000_000L);
    }

    @Test
    void itPublishesForNoOther() {
        Reply reply = client(acme).post(event("beta"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("wrong_tenant");
        assertThat(reply.body().at("/error/details/pointer").asText()).isEqualTo("/tenant");
        assertThat(kafka.readAll(TopicLayout.of(settings).events()))
                .noneMatch(record -> new String(record.value(), UTF_8).contains("\"tenant\":\"beta\""));
    }

    @Test
    void aNewKeyAndItsRevocationTakeEffectWithinFiveSeconds() {
        Made made = TestKeys.make("acme", Scope.EVENTS_WRITE);
        IngestClient client = client(made);
        assertThat(client.post(event("acme")).code()).isEqualTo("unauthorized");

        TestKeys.write(kafka, settings, made.row());
        await().atMost(TAKES_EFFECT_WITHIN)
                .until(() -> client.post(event("acme")).status() == 202);

        TestKeys.write(kafka, settings, made.row().revoked(1));
        await().atMost(TAKES_EFFECT_WITHIN)
                .until(() -> client.post(event("acme")).status() == 401);
        assertThat(client.post(event("acme")).code()).isEqualTo("key_revoked");
    }

    @Test
    void aKeyOfAnotherScopeIsToldWhichItLacks() {
        Made reader = TestKeys.make("acme", Scope.WEBHOOKS_MANAGE);
        TestKeys.write(kafka, settings, reader.row());
        IngestClient client = client(reader);
        await().atMost(TAKES_EFFECT_WITHIN)
                .until(() -> client.post(event("acme")).status() == 403);
        Reply reply = client.post(event("acme"));
        assertThat(reply.code()).isEqualTo("insufficient_scope");
        assertThat(reply.body().at("/error/details/required_scope").asText()).isEqualTo("events:write");
    }

    @Test
    void anExpiredKeyIsToldSo() {
        ApiKeyRow row = acme.row();
        Made made = TestKeys.make("acme", Scope.EVENTS_WRITE);
        TestKeys.write(
                kafka,
                settings,
                new ApiKeyRow(
                        made.key().id(), "acme", "", row.scopes(), made.key().mac("acme"), 1, 0, 1L, null));
        IngestClient client = client(made);
        await().atMost(TAKES_EFFECT_WITHIN)
                .until(() -> client.post(event("acme")).code().equals("key_expired"));
    }

    @Test
    void aTenantsOwnLimitCounts() {
        Made made = TestKeys.make("slow", Scope.EVENTS_WRITE);
        TestKeys.write(kafka, settings, made.row());
        IngestClient client = client(made);
        await().atMost(TAKES_EFFECT_WITHIN)
                .until(() -> client.post(event("slow")).status() == 202);
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.post(event("slow")).status() == 429);
        assertThat(client.post(event("slow")).header("X-RateLimit-Limit")).isEqualTo("2");
    }

    @Test
    void wrongKeysAreSentAwayAndTheRightOneIsServedThroughout() {
        IngestClient stranger = client(TestKeys.makeProducer());
        IngestClient friend = client(acme);
        Map<Integer, Integer> statuses = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            statuses.merge(stranger.post(event("acme")).status(), 1, Integer::sum);
            if (i % 20 == 0) {
                assertThat(friend.post(event("acme")).status()).isEqualTo(202);
            }
        }
        assertThat(statuses).containsOnlyKeys(401, 429);
        Reply refused = stranger.post(event("acme"));
        assertThat(refused.code()).isEqualTo("too_many_failures");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
    }

    private IngestClient client(Made made) {
        return new IngestClient(role.port(), made.key());
    }

    private void tenant(String name, TenantRow.Limits limits) {
        TestKeys.write(kafka, settings, new TenantRow(name, "ringyo", null, true, limits, 1, 0, 0));
    }

    private String event(String tenant) {
        return IngestClient.EVENT
                .replace("evt_1", "evt_" + ids.incrementAndGet())
                .replace("\"acme\"", '"' + tenant + '"');
    }
}
