package dev.hookswitch.dispatcher.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.egress.EgressRules;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.dispatcher.TestTopics;
import dev.hookswitch.testkit.RestartableKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final EndpointId ID = new EndpointId("acme", "wh_1");

    private final AtomicLong aheadNanos = new AtomicLong();

    @Test
    void goesOnWithWhatItKnowsAndSaysSoWhenItsTopicsAreLost(@TempDir Path folder) throws Exception {
        try (RestartableKafka kafka = new RestartableKafka()) {
            Settings settings = Settings.of(
                    Map.of("kafka.bootstrap.servers", kafka.cluster().bootstrapServers(), "topics.partitions", "1"));
            TopicLayout topics = TopicLayout.of(settings);
            TestTopics.create(
                    kafka.cluster(),
                    List.of(topics.spec(topics.subscriptions()), topics.spec(topics.endpointStatus())));
            SecureRandom random = new SecureRandom();
            SecretSealer sealer = new SecretSealer(KeyRing.readOrCreate(folder.resolve("keys.json"), random), random);
            kafka.cluster().send(topics.subscriptions(), ID.topicKey(), subscription(sealer, random));
            try (EndpointDirectory directory = new EndpointDirectory(
                    new KafkaProperties(settings),
                    topics,
                    Profiles.builtIn(),
                    EgressRules.of(settings),
                    sealer,
                    () -> false,
                    () -> System.nanoTime() + aheadNanos.get())) {
                directory.start(LIMIT);
                assertThat(directory.health()).isEqualTo(Health.UP);

                kafka.stop();
                aheadNanos.set(Duration.ofMinutes(1).toNanos());

                await().atMost(LIMIT).until(() -> !directory.health().ready());
                assertThat(directory.health().alive()).isTrue();
                assertThat(directory.health().detail()).contains("endpoint directory");
                assertThat(directory.find(ID, 1)).isInstanceOf(Lookup.Ready.class);

                kafka.start();
                await().atMost(LIMIT).until(() -> directory.health().ready());
            }
        }
    }

    private static String subscription(SecretSealer sealer, SecureRandom random) {
        Subscription subscription = new Subscription(
                ID.tenant(),
                ID.webhookId(),
                "ringyo",
                "",
                "https://hooks.example.com/",
                Set.of("*"),
                null,
                true,
                1,
                1,
                List.of(sealer.seal(ID, 1, Secret.generate(random))),
                0,
                0);
        return new String(Wire.write(subscription), StandardCharsets.UTF_8);
    }
}
