package dev.hookswitch.dispatcher.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.egress.EgressRules;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.EndpointStatus.State;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.sealing.WatchedKeyRing;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.dispatcher.TestTopics;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class EndpointDirectoryTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaCluster kafka;
    private final Settings settings;
    private final TopicLayout topics;
    private final Path keyRing;
    private final WatchedKeyRing watched;
    private final SecretSealer sealer;

    EndpointDirectoryTest(KafkaCluster kafka, @TempDir Path folder) throws IOException {
        this.kafka = kafka;
        settings = Settings.of(Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "topics.prefix", kafka.uniquePrefix(),
                "topics.partitions", "3"));
        topics = TopicLayout.of(settings);
        SecureRandom random = new SecureRandom();
        keyRing = folder.resolve("key-ring.json");
        KeyRing first = KeyRing.readOrCreate(keyRing, random);
        watched = WatchedKeyRing.open(keyRing);
        sealer = new SecretSealer(first, random);
    }

    @Test
    void knowsEverythingThatWasWrittenBeforeItsStart() throws Exception {
        createTopics();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < 2_000; i++) {
                Subscription subscription = subscription("wh_" + i, "ringyo", true, 1);
                sent.add(producer.send(new ProducerRecord<>(
                        topics.subscriptions(),
                        subscription.id().topicKey().getBytes(UTF_8),
                        Wire.write(subscription))));
            }
        }
        assertThat(sent).allSatisfy(result -> assertThat(result).succeedsWithin(LIMIT));
        status("wh_7", 1, State.DISABLED);

        try (EndpointDirectory directory = started()) {
            assertThat(directory.size()).isEqualTo(2_000);
            assertThat(directory.find(id("wh_0"), 1)).isInstanceOf(Lookup.Ready.class);
            assertThat(directory.find(id("wh_1999"), 1)).isInstanceOf(Lookup.Ready.class);
            assertThat(directory.find(id("wh_7"), 1)).isEqualTo(new Lookup.Silent(OutcomeRow.REASON_DISABLED));
        }
    }

    @Test
    void emptyTopicsAreKnownAtOnce() throws Exception {
        createTopics();
        try (EndpointDirectory directory = started()) {
            assertThat(directory.find(id("wh_1"), 1)).isEqualTo(new Lookup.NotKnown());
            assertThat(directory.health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void followsDeletionAndCreationAnew() throws Exception {
        createTopics();
        write(subscription("wh_1", "ringyo", true, 1));
        try (EndpointDirectory directory = started()) {
            kafka.send(topics.subscriptions(), id("wh_1").topicKey().getBytes(UTF_8), null, Map.of());
            awaitLookup(directory, 1, new Lookup.Silent(OutcomeRow.REASON_DELETED));
            assertThat(directory.size()).isZero();

            write(subscription("wh_1", "ringyo", true, 2));
            await().atMost(LIMIT).until(() -> directory.find(id("wh_1"), 2) instanceof Lookup.Ready);
        }
    }

    @Test
    void followsSwitchingOffDisablingAndEnabling() throws Exception {
        createTopics();
        write(subscription("wh_1", "ringyo", true, 1));
        try (EndpointDirectory directory = started()) {
            status("wh_1", 1, State.DISABLED);
            awaitLookup(directory, 1, new Lookup.Silent(OutcomeRow.REASON_DISABLED));

            write(subscription("wh_1", "ringyo", true, 2));
            await().atMost(LIMIT).until(() -> directory.find(id("wh_1"), 2) instanceof Lookup.Ready);
            assertThat(directory.find(id("wh_1"), 3))
                    .as("made for one it has not seen")
                    .isEqualTo(new Lookup.Behind());

            write(subscription("wh_1", "ringyo", false, 2));
            awaitLookup(directory, 2, new Lookup.Silent(OutcomeRow.REASON_INACTIVE));

            write(subscription("wh_1", "ringyo", true, 1));
            awaitLookup(directory, 1, new Lookup.Silent(OutcomeRow.REASON_DISABLED));
            kafka.send(topics.endpointStatus(), id("wh_1").topicKey().getBytes(UTF_8), null, Map.of());
            await().atMost(LIMIT).until(() -> directory.find(id("wh_1"), 1) instanceof Lookup.Ready);
        }
    }

    @Test
    void garbageIsPassedAndChangesNothing() throws Exception {
        createTopics();
        write(subscription("wh_1", "ringyo", true, 1));
        String key = id("wh_1").topicKey();
        kafka.send(topics.subscriptions(), key, "{\"tenant\":");
        kafka.send(topics.subscriptions(), key, "null");
        kafka.send(topics.subscriptions(), "no-slash", "{}");
        kafka.send(topics.subscriptions(), key, text(subscription("wh_2", "ringyo", false, 1)));
        kafka.send(topics.endpointStatus(), key, "[]");
        kafka.send(topics.endpointStatus(), key, new String(Wire.write(disabled("wh_2", 1)), UTF_8));

        try (EndpointDirectory directory = started()) {
            assertThat(directory.find(id("wh_1"), 1)).isInstanceOf(Lookup.Ready.class);
            assertThat(directory.find(id("wh_2"), 1)).isEqualTo(new Lookup.NotKnown());
            assertThat(directory.size()).isEqualTo(1);
        }
    }

    @Test
    void endpointThatCannotBeSentToSaysWhy() throws Exception {
        createTopics();
        Subscription whole = subscription("wh_1", "ringyo", true, 4);
        write(withUrl(whole, "http://example.com/plain"));
        Subscription other = subscription("wh_2", "ringyo", true, 4);
        SealedSecret moved = sealer.seal(id("wh_1"), 1, Secret.generate(new SecureRandom()));
        write(new Subscription(
                "acme", "wh_2", "ringyo", "", other.url(), other.events(), null, true, 4, 1, List.of(moved), 0, 0));
        write(new Subscription(
                "acme", "wh_3", "ringyo", "", other.url(), other.events(), null, true, 4, 1, List.of(), 0, 0));
        write(subscription("wh_4", "no-such-profile", true, 4));

        try (EndpointDirectory directory = started()) {
            assertThat(directory.find(id("wh_1"), 4)).isInstanceOfSatisfying(Lookup.Refused.class, refused -> {
                assertThat(refused.activation()).isEqualTo(4);
                assertThat(refused.retries().maxAttempts()).isEqualTo(6);
            });
            assertThat(directory.find(id("wh_2"), 4)).as("moved secret").isEqualTo(new Lookup.OurFault());
            assertThat(directory.find(id("wh_3"), 4)).as("no secret").isEqualTo(new Lookup.OurFault());
            assertThat(directory.find(id("wh_4"), 4)).as("no such profile").isEqualTo(new Lookup.OurFault());
        }
    }

    @Test
    void retriesAreThoseOfTheEndpointOrElseOfItsProfile() throws Exception {
        createTopics();
        write(subscription("wh_1", "ring-tonic", true, 1));
        String own = text(subscription("wh_2", "ring-tonic", true, 1))
                .replace("\"active\":", "\"retry_delays\":[\"5s\",\"10m\",\"1h\"],\"active\":");
        kafka.send(topics.subscriptions(), id("wh_2").topicKey(), own);

        try (EndpointDirectory directory = started()) {
            assertThat(directory.find(id("wh_1"), 1))
                    .isInstanceOfSatisfying(
                            Lookup.Ready.class,
                            ready -> assertThat(ready.target().retries().maxAttempts())
                                    .isEqualTo(4));
            assertThat(directory.find(id("wh_2"), 1))
                    .isInstanceOfSatisfying(
                            Lookup.Ready.class,
                            ready -> assertThat(ready.target().retries().delays())
                                    .containsExactly(
                                            Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(1)));
        }
    }

    @Test
    void closesAtAnyMoment() throws Exception {
        createTopics();
        for (int i = 0; i < 10; i++) {
            EndpointDirectory directory = started();
            long start = System.nanoTime();
            directory.close();
            directory.close();
            assertThat(directory.health().alive()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
        directory().close();
    }

    @Test
    void missingTopicsFailTheStart() {
        try (EndpointDirectory directory = directory()) {
            assertThatThrownBy(() -> directory.start(Duration.ofSeconds(2)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(topics.subscriptions());
        }
    }

    @Test
    void opensWhatIsSealedUnderAKeyThatComesLaterWithoutARestart() throws Exception {
        createTopics();
        Path later = Files.copy(keyRing, keyRing.resolveSibling("later.json"));
        KeyRing ring = KeyRing.change(
                later, old -> old.withNew("k2", new SecureRandom()).activated("k2"));
        write(subscription("wh_1", "ringyo", true, 1, new SecretSealer(ring, new SecureRandom())));
        try (EndpointDirectory directory = started()) {
            assertThat(directory.find(id("wh_1"), 1)).isEqualTo(new Lookup.OurFault());

            Files.copy(later, keyRing, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(LIMIT).until(() -> directory.find(id("wh_1"), 1) instanceof Lookup.Ready);
        }
    }

    private void createTopics() {
        TestTopics.create(
                kafka,
                topics.specs().stream()
                        .filter(spec -> "compact".equals(spec.config().get("cleanup.policy")))
                        .toList());
    }

    private EndpointDirectory directory() {
        return new EndpointDirectory(
                new KafkaProperties(settings),
                topics,
                Profiles.builtIn(),
                EgressRules.of(settings),
                new SecretSealer(watched, new SecureRandom()),
                watched::look,
                System::nanoTime);
    }

    private EndpointDirectory started() {
        EndpointDirectory directory = directory();
        directory.start(LIMIT);
        return directory;
    }

    private void awaitLookup(EndpointDirectory directory, long activation, Lookup expected) {
        await().atMost(LIMIT).until(() -> directory.find(id("wh_1"), activation).equals(expected));
    }

    private void write(Subscription subscription) {
        kafka.send(topics.subscriptions(), subscription.id().topicKey(), text(subscription));
    }

    private static String text(Subscription subscription) {
        return new String(Wire.write(subscription), UTF_8);
    }

    private void status(String webhookId, long activation, State state) {
        EndpointStatus status = new EndpointStatus("acme", webhookId, activation, state, 10, null, 0);
        kafka.send(topics.endpointStatus(), id(webhookId).topicKey(), new String(Wire.write(status), UTF_8));
    }

    private static EndpointStatus disabled(String webhookId, long activation) {
        return new EndpointStatus("acme", webhookId, activation, State.DISABLED, 10, null, 0);
    }

    private static Subscription withUrl(Subscription of, String url) {
        return new Subscription(
                of.tenant(),
                of.webhookId(),
                of.profile(),
                "",
                url,
                of.events(),
                of.maxPerSecond(),
                of.active(),
                of.activation(),
                1,
                of.secrets(),
                0,
                0);
    }

    private Subscription subscription(String webhookId, String profile, boolean active, long activation) {
        return subscription(webhookId, profile, active, activation, sealer);
    }

    private static Subscription subscription(
            String webhookId, String profile, boolean active, long activation, SecretSealer by) {
        SealedSecret secret = by.seal(id(webhookId), 1, Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        return new Subscription(
                "acme",
                webhookId,
                profile,
                "",
                "https://hooks.example.com/" + webhookId,
                Set.of("*"),
                null,
                active,
                activation,
                1,
                List.of(secret),
                0,
                0);
    }

    private static EndpointId id(String webhookId) {
        return new EndpointId("acme", webhookId);
    }
}
