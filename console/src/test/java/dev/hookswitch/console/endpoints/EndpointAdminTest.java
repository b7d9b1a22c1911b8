package dev.hookswitch.console.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.console.endpoints.EndpointView.State;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import dev.hookswitch.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class EndpointAdminTest {
    private static final Asked BY = Asked.by(new Actor("operator:ann", null));
    private static final NewEndpoint WANTED = wanted("acme", "Front desk");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-15T14:30:00Z"));
    private final KafkaCluster kafka;
    private final Deployment deployment;

    EndpointAdminTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.deployment = Deployment.ready(kafka, folder);
    }

    @Test
    void createsAnActiveEndpointWithASealedSecret() throws IOException {
        try (EndpointAdmin admin = open()) {
            CreatedEndpoint created = admin.create(WANTED, BY);

            Subscription made = created.subscription();
            assertThat(made.webhookId()).matches("wh_[0-9A-Za-z]{22}");
            assertThat(made.active()).isTrue();
            assertThat(List.of(made.activation(), made.revision())).containsExactly(1L, 1L);
            assertThat(List.of(made.createdAtMs(), made.updatedAtMs())).containsOnly(clock.millis());
            assertThat(made.secrets()).hasSize(1);
            SecretSealer sealer = new SecretSealer(KeyRing.read(deployment.keyRing()), new SecureRandom());
            assertThat(sealer.open(made.id(), made.secrets().get(0)).reveal())
                    .isEqualTo(created.secret().reveal());
            assertThat(admin.get(made.id())).hasValue(new EndpointView(made, Optional.empty()));
        }
    }

    @Test
    void takesTheOwnersSecret() {
        String own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        try (EndpointAdmin admin = open()) {
            CreatedEndpoint created = admin.create(
                    new NewEndpoint(
                            "acme",
                            "ringyo",
                            "",
                            "https://hooks.example.com/",
                            Set.of("*"),
                            Optional.of(own),
                            OptionalDouble.empty()),
                    BY);

            assertThat(created.secret().reveal()).isEqualTo(own);
        }
    }

    @Test
    void aLimitIsSetAndTakenOffAndSurvivesOtherChanges() {
        try (EndpointAdmin admin = open()) {
            EndpointId id = admin.create(wanted("acme", ""), BY).subscription().id();

            assertThat(admin.limit(id, OptionalDouble.of(0.5), BY)
                            .subscription()
                            .maxPerSecond())
                    .isEqualTo(0.5);
            admin.disable(id, BY);
            EndpointView enabled = admin.enable(id, BY);
            assertThat(enabled.subscription().maxPerSecond()).isEqualTo(0.5);
            assertThat(numbers(enabled)).containsExactly(2L, 4L);
            assertThat(admin.limit(id, OptionalDouble.empty(), BY)
                            .subscription()
                            .maxPerSecond())
                    .isNull();
            assertThatThrownBy(() -> admin.limit(id, OptionalDouble.of(0), BY)).isInstanceOf(InvalidEndpoint.class);
        }
    }

    @Test
    void retriesAreSetAndTakenOffAndSurviveOtherChanges() {
        try (EndpointAdmin admin = open()) {
            EndpointId id = admin.create(wanted("acme", ""), BY).subscription().id();

            assertThat(admin.retries(id, Optional.of(List.of("5s", "600s")), BY)
                            .subscription()
                            .retryDelays())
                    .containsExactly("5s", "10m");
            EndpointView limited = admin.limit(id, OptionalDouble.of(0.5), BY);
            admin.disable(id, BY);
            EndpointView enabled = admin.enable(id, BY);
            assertThat(List.of(limited, enabled))
                    .allSatisfy(view ->
                            assertThat(view.subscription().retryDelays()).containsExactly("5s", "10m"));
            EndpointView asProfile = admin.retries(id, Optional.empty(), BY);
            assertThat(asProfile.subscription().retryDelays()).isNull();
            assertThat(asProfile.subscription().maxPerSecond()).isEqualTo(0.5);
            assertThat(numbers(asProfile)).containsExactly(2L, 6L);
            assertThatThrownBy(() -> admin.retries(id, Optional.of(List.of("3s")), BY))
                    .isInstanceOf(InvalidEndpoint.class);
            assertThat(numbers(admin.get(id).orElseThrow()))
                    .as("nothing written")
                    .containsExactly(2L, 6L);
        }
    }

    @Test
    void refusesAndWritesNothing() {
        try (EndpointAdmin admin = open()) {
            assertThatThrownBy(() -> admin.create(wanted("not/a/tenant", ""), BY))
                    .isInstanceOf(InvalidEndpoint.class);
        }
        assertThat(kafka.readAll(deployment.topics().subscriptions())).isEmpty();
    }

    @Test
    void listsByTenantOldestFirst() {
        try (EndpointAdmin admin = open()) {
            EndpointId zeta =
                    admin.create(wanted("zeta", ""), BY).subscription().id();
            EndpointId older = admin.create(WANTED, BY).subscription().id();
            clock.advance(Duration.ofSeconds(1));
            EndpointId newer = admin.create(WANTED, BY).subscription().id();

            assertThat(admin.list(Optional.empty()))
                    .extracting(EndpointView::id)
                    .containsExactly(older, newer, zeta);
            assertThat(admin.list(Optional.of("acme")))
                    .extracting(EndpointView::id)
                    .containsExactly(older, newer);
            assertThat(admin.list(Optional.of("nobody"))).isEmpty();
        }
    }

    @Test
    void disablingAndEnablingRaiseTheRevisionAndEnablingTheActivation() {
        try (EndpointAdmin admin = open()) {
            EndpointId id = admin.create(WANTED, BY).subscription().id();
            clock.advance(Duration.ofSeconds(5));

            EndpointView disabled = admin.disable(id, BY);
            assertThat(disabled.state()).isEqualTo(State.INACTIVE);
            assertThat(numbers(disabled)).containsExactly(1L, 2L);
            assertThat(disabled.subscription().updatedAtMs()).isEqualTo(clock.millis());

            assertThat(admin.disable(id, BY)).as("off already").isEqualTo(disabled);

            EndpointView enabled = admin.enable(id, BY);
            assertThat(enabled.state()).isEqualTo(State.ACTIVE);
            assertThat(numbers(enabled)).containsExactly(2L, 3L);
            assertThat(admin.get(id)).hasValue(enabled);
        }
    }

    @Test
    void enablingRevivesAnEndpointThatWasDisabledForItsFailures() {
        try (EndpointAdmin admin = open()) {
            EndpointId id = admin.create(WANTED, BY).subscription().id();
            deployment.report(new EndpointStatus(
                    id.tenant(), id.webhookId(), 1, EndpointStatus.State.DISABLED, 10, "10 failures", 0));
            assertThat(admin.get(id)).map(EndpointView::state).hasValue(State.DISABLED);

            assertThat(admin.enable(id, BY).state()).isEqualTo(State.ACTIVE);
            assertThat(admin.get(id)).map(EndpointView::state).hasValue(State.ACTIVE);
        }
    }

    @Test
    void removesForGood() {
        try (EndpointAdmin admin = open()) {
            EndpointId id = admin.create(WANTED, BY).subscription().id();

            admin.remove(id, BY);

            assertThat(admin.get(id)).isEmpty();
            assertThatThrownBy(() -> admin.remove(id, BY))
                    .isInstanceOfSatisfying(
                            InvalidEndpoint.class,
                            refused -> assertThat(refused.code()).isEqualTo(InvalidEndpoint.Code.WEBHOOK_NOT_FOUND));
            assertThatThrownBy(() -> admin.enable(id, BY)).isInstanceOf(InvalidEndpoint.class);
            assertThatThrownBy(() -> admin.disable(id, BY)).isInstanceOf(InvalidEndpoint.class);
            List<ConsumerRecord<byte[], byte[]>> records =
                    kafka.readAll(deployment.topics().subscriptions());
            assertThat(records.get(records.size() - 1).value()).isNull();
        }
    }

    @Test
    void instancesSeeEachOthersChanges() {
        try (EndpointAdmin one = open();
                EndpointAdmin other = open()) {
            EndpointId id = one.create(WANTED, BY).subscription().id();
            assertThat(other.get(id)).map(EndpointView::state).hasValue(State.ACTIVE);

            other.disable(id, BY);
            assertThat(one.get(id)).map(EndpointView::state).hasValue(State.INACTIVE);

            assertThat(numbers(one.enable(id, BY))).containsExactly(2L, 3L);
            assertThat(numbers(other.enable(id, BY))).containsExactly(3L, 4L);

            other.remove(id, BY);
            assertThat(one.list(Optional.empty())).isEmpty();
        }
    }

    @Test
    void aNewInstanceSeesWhatAnOlderOneLeft() {
        EndpointId id;
        try (EndpointAdmin admin = open()) {
            id = admin.create(WANTED, BY).subscription().id();
            admin.disable(id, BY);
        }
        try (EndpointAdmin admin = open()) {
            assertThat(admin.get(id)).map(EndpointView::state).hasValue(State.INACTIVE);
        }
    }

    @Test
    void keysStayInThePartitionOfTheDefaultPartitioner() {
        try (EndpointAdmin admin = EndpointAdmin.open(
                deployment
                        .settings()
                        .with(Map.of(
                                "kafka.producer.partitioner.class",
                                "org.apache.kafka.clients.producer.RoundRobinPartitioner")),
                clock,
                new SecureRandom())) {
            for (int i = 0; i < 5; i++) {
                admin.disable(admin.create(WANTED, BY).subscription().id(), BY);
            }
        }

        assertThat(kafka.readAll(deployment.topics().subscriptions()))
                .hasSize(10)
                .allSatisfy(record ->
                        assertThat(record.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(record.key())) % 3));
    }

    @Test
    void foreignRecordsAreSkipped() {
        String topic = deployment.topics().subscriptions();
        try (EndpointAdmin admin = open()) {
            EndpointView good = new EndpointView(admin.create(WANTED, BY).subscription(), Optional.empty());
            byte[] value = Wire.write(good.subscription());
            kafka.send(topic, "no-slash".getBytes(UTF_8), value, Map.of());
            kafka.send(topic, "acme/wh_other".getBytes(UTF_8), value, Map.of());
            kafka.send(topic, "acme/wh_text", "not JSON");

            assertThat(admin.list(Optional.empty())).containsExactly(good);
        }
    }

    @Test
    void withoutAKeyRingEndpointsAreShownButNotMade() {
        for (String file : List.of("", "/nowhere/keys.json")) {
            try (EndpointAdmin admin = EndpointAdmin.open(
                    deployment.settings().with(Map.of("secrets.key-ring", file)), clock, new SecureRandom())) {
                assertThat(admin.list(Optional.empty())).isEmpty();
                assertThatThrownBy(() -> admin.create(WANTED, BY))
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining("secrets.key-ring must name a key ring file")
                        .hasMessageContaining("hookswitch key-ring create FILE");
            }
        }
    }

    @Test
    void missingTopicsAreNamedAtTheStart(@TempDir Path elsewhere) {
        Deployment bare = Deployment.bare(kafka, elsewhere);

        assertThatThrownBy(() -> EndpointAdmin.open(bare.settings(), clock, new SecureRandom()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(bare.topics().subscriptions() + " is missing")
                .hasMessageContaining(bare.topics().endpointStatus() + " is missing")
                .hasMessageEndingWith("run `hookswitch topics apply`");
    }

    private EndpointAdmin open() {
        return EndpointAdmin.open(deployment.settings(), clock, new SecureRandom());
    }

    private static List<Long> numbers(EndpointView endpoint) {
        return List.of(
                endpoint.subscription().activation(), endpoint.subscription().revision());
    }

    private static NewEndpoint wanted(String tenant, String name) {
        return new NewEndpoint(
                tenant,
                "ringyo",
                name,
                "https://hooks.example.com/in",
                Set.of("call.completed", "credits.low"),
                Optional.empty(),
                OptionalDouble.empty());
    }
}
