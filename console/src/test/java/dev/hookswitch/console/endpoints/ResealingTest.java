package dev.hookswitch.console.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.AuditRow.Action;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.console.endpoints.Asked.Once;
import dev.hookswitch.console.endpoints.Resealing.Step;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import dev.hookswitch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A key of the key ring goes, and no secret with it. */
@ExtendWith(KafkaExtension.class)
class ResealingTest {
    private static final Actor CONSOLE = new Actor("console", null);
    private static final Asked ANN = Asked.by(new Actor("operator:ann", null));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-15T14:30:00Z"));
    private final Deployment deployment;

    ResealingTest(KafkaCluster kafka, @TempDir Path folder) {
        this.deployment = Deployment.ready(kafka, folder);
    }

    @Test
    void goesOnWhereItWasInterruptedUntilTheOldKeyCanBeMissed() throws IOException {
        Map<EndpointId, String> secrets;
        List<Subscription> before;
        try (EndpointAdmin admin = open()) {
            secrets = create(admin, 7);
            EndpointId rotating = secrets.keySet().iterator().next();
            secrets.put(
                    rotating,
                    admin.rotate(rotating, Optional.empty(), ANN).secret().reveal());
            before = all(admin);
            assertThat(admin.resealing().step(3, CONSOLE)).isEqualTo(new Step(0, 0, 0));

            retireK1();
            assertThat(admin.resealing().step(3, CONSOLE)).isEqualTo(new Step(3, 4, 0));
            assertThat(admin.resealing().use().need("k1")).isPresent();
        }
        try (EndpointAdmin admin = open()) {
            Resealing later = admin.resealing();
            assertThat(later.step(3, CONSOLE)).isEqualTo(new Step(3, 1, 0));
            assertThat(later.step(3, CONSOLE)).isEqualTo(new Step(1, 0, 0));
            assertThat(later.step(3, CONSOLE)).isEqualTo(new Step(0, 0, 0));
            assertThat(later.use()).isEqualTo(new KeyUse(Map.of("k2", 8), Map.of()));

            KeyRing ring = KeyRing.change(deployment.keyRing(), old -> old.without("k1"));
            assertThat(all(admin))
                    .usingRecursiveComparison()
                    .ignoringFields("secrets")
                    .isEqualTo(before);
            assertThat(opened(admin, ring)).isEqualTo(secrets);
            EndpointId id = before.get(0).id();
            assertThat(admin.update(id, EndpointChange.off(), with(before.get(0).revision()))
                            .subscription()
                            .revision())
                    .as("who knew the revision before may change it after")
                    .isEqualTo(before.get(0).revision() + 1);
        }
        assertThat(audited()).hasSize(7).allMatch(row -> row.details().equals(Map.of("key_id", "k2")));
    }

    @Test
    void severalAtOnceSealEachOnceAndLoseNoChange() throws Exception {
        try (EndpointAdmin one = open();
                EndpointAdmin two = open();
                EndpointAdmin three = open()) {
            Map<EndpointId, String> secrets = create(one, 40);
            retireK1();
            CountDownLatch go = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            try {
                Future<?> first = threads.submit(() -> resealAll(one, go));
                Future<?> second = threads.submit(() -> resealAll(two, go));
                Future<?> changes = threads.submit(() -> {
                    go.await();
                    for (EndpointId id : secrets.keySet()) {
                        EndpointView unused = three.disable(id, ANN);
                    }
                    return null;
                });
                go.countDown();
                for (Future<?> each : List.of(first, second, changes)) {
                    each.get(120, TimeUnit.SECONDS);
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(all(one)).hasSize(40).noneMatch(Subscription::active).allMatch(row -> row.revision() == 2);
            assertThat(opened(one, KeyRing.read(deployment.keyRing()).without("k1")))
                    .isEqualTo(secrets);
        }
        assertThat(audited()).extracting(AuditRow::subject).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aRecordThatWasMovedIsLeftAloneAndKeepsItsKey() throws IOException {
        try (EndpointAdmin admin = open()) {
            var unused = create(admin, 2);
            Subscription row = all(admin).get(0);
            Subscription moved = moved(row);
            deployment
                    .kafka()
                    .send(
                            deployment.topics().subscriptions(),
                            moved.id().topicKey(),
                            new String(Wire.write(moved), java.nio.charset.StandardCharsets.UTF_8));
            retireK1();
            Resealing resealing = admin.resealing();

            assertThat(resealing.step(10, CONSOLE)).isEqualTo(new Step(2, 0, 1));
            assertThat(resealing.step(10, CONSOLE)).isEqualTo(new Step(0, 0, 1));
            assertThat(resealing.use().need("k1")).hasValue("1 secret is sealed under it");
            assertThat(admin.get(moved.id()).orElseThrow().subscription()).isEqualTo(moved);
            SecretSealer both = new SecretSealer(KeyRing.read(deployment.keyRing()), RANDOM);
            assertThatThrownBy(() -> both.open(moved.id(), moved.secrets().get(0)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theOldKeyIsNeededWhileARequestMayBeRepeatedThatIsAnsweredWithASecret() throws IOException {
        try (EndpointAdmin admin = open()) {
            Asked once = new Asked(ANN.actor(), Optional.empty(), Optional.of(new Once("acme/1", "hash")));
            CreatedEndpoint created = admin.create(wanted("acme"), once);
            retireK1();
            Resealing resealing = admin.resealing();
            assertThat(resealing.step(10, CONSOLE)).isEqualTo(new Step(1, 0, 0));

            assertThat(resealing.use().need("k1"))
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("2026-01-16T14:30:00Z", "topics.api-requests.retention"));
            assertThat(admin.create(wanted("acme"), once).secret().reveal())
                    .isEqualTo(created.secret().reveal());
            clock.advance(Duration.ofHours(24).plusSeconds(1));
            assertThat(resealing.use().need("k1")).isEmpty();
        }
    }

    private static void resealAll(EndpointAdmin admin, CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Resealing resealing = admin.resealing();
        for (Step step = resealing.step(5, CONSOLE); step.left() > 0; ) {
            step = resealing.step(5, CONSOLE);
        }
    }

    private void retireK1() throws IOException {
        var unused = KeyRing.change(
                deployment.keyRing(), ring -> ring.withNew("k2", RANDOM).activated("k2"));
    }

    private EndpointAdmin open() {
        return EndpointAdmin.open(deployment.settings(), clock, RANDOM);
    }

    private static Map<EndpointId, String> create(EndpointAdmin admin, int count) {
        Map<EndpointId, String> secrets = new HashMap<>();
        IntStream.range(0, count)
                .mapToObj(i -> admin.create(wanted("tenant-" + i % 3), ANN))
                .forEach(created -> secrets.put(
                        created.subscription().id(), created.secret().reveal()));
        return secrets;
    }

    private static List<Subscription> all(EndpointAdmin admin) {
        return admin.list(Optional.empty()).stream()
                .map(EndpointView::subscription)
                .toList();
    }

    /** The newest secret of each, opened with these keys alone. */
    private static Map<EndpointId, String> opened(EndpointAdmin admin, KeyRing ring) {
        SecretSealer sealer = new SecretSealer(ring, RANDOM);
        Map<EndpointId, String> opened = new HashMap<>();
        for (Subscription row : all(admin)) {
            row.secrets().forEach(secret -> sealer.open(row.id(), secret));
            opened.put(row.id(), sealer.open(row.id(), Rotation.newest(row)).reveal());
        }
        return opened;
    }

    private List<AuditRow> audited() {
        List<AuditRow> rows = new ArrayList<>();
        deployment.kafka().readAll(deployment.topics().audit()).forEach(record -> {
            AuditRow row = Wire.read(record.value(), AuditRow.class);
            if (row.action() == Action.SECRET_RESEALED) {
                rows.add(row);
            }
        });
        return rows;
    }

    private static Asked with(long revision) {
        return new Asked(ANN.actor(), Optional.of(revision), Optional.empty());
    }

    private static Subscription moved(Subscription row) {
        return new Subscription(
                "thief",
                row.webhookId(),
                row.profile(),
                row.name(),
                row.url(),
                row.events(),
                row.maxPerSecond(),
                row.active(),
                row.activation(),
                row.revision(),
                row.secrets(),
                row.createdAtMs(),
                row.updatedAtMs());
    }

    private static NewEndpoint wanted(String tenant) {
        return new NewEndpoint(
                tenant,
                "ringyo",
                "",
                "https://hooks.example.com/in",
                Set.of("*"),
                Optional.empty(),
                OptionalDouble.empty());
    }
}
