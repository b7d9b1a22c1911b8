package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class ReplayTest {
    private final KafkaCluster kafka;
    private final Scene scene;

    ReplayTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.scene = new Scene(kafka, folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void putsTheEventsOfWhichThereIsNoDelivery() {
        scene.event("acme", "evt_old");
        scene.event("acme", "evt_old");
        scene.event("other", "evt_foreign");
        scene.event("acme", "evt_had");
        scene.delivery(scene.endpoint, "evt_had");
        scene.skipped(scene.endpoint, "evt_skipped", scene.event("acme", "evt_skipped"));
        scene.fannedOut();
        scene.event("acme", "evt_under_way");

        assertThat(scene.recoveries().count(scene.missed())).isEqualTo(new RecoveryCount(1, 0, Scene.HOUR_AGO));
        RecoveryRow done = scene.recover(scene.missed());

        assertThat(done.put()).isEqualTo(1);
        assertThat(scene.putIds()).containsExactly(scene.id(scene.endpoint, "evt_old"));
        assertThat(scene.recover(scene.missed()).found())
                .as("now it has that one, too")
                .isZero();
    }

    @Test
    void leavesToTheFanoutWhatThatHasNotBegun() {
        scene.event("acme", "evt_1");

        assertThat(scene.recover(scene.missed()).found()).isZero();
    }

    /** Partitions are read side by side: which copy comes first is luck, and must not matter when a replay goes on. */
    @Test
    void whatWasPublishedTwiceIsPutOnceHoweverOftenItIsInterrupted() {
        for (int number = 0; number < 60; number++) {
            byte[] event = Scene.eventJson("acme", "evt_" + number);
            scene.event(number % 2, event);
            scene.event(1 - number % 2, event);
        }
        scene.fannedOut();
        OptionalDouble tenAtATime = OptionalDouble.of(100);
        for (int interruption = 1; interruption <= 3; interruption++) {
            int least = 10 * interruption;
            try (RecoveryRun run = scene.recoveries().begin(scene.missed(), tenAtATime)) {
                run.run(row -> {}, () -> run.row().put() >= least);
            }
        }
        assertThat(scene.recover(scene.missed()).put()).isEqualTo(60);
        assertThat(scene.putIds()).hasSize(60).doesNotHaveDuplicates();
    }

    /** What is told of an endpoint (ADR 9): to others that name the type, and never to itself. */
    @Test
    void tellsAnEndpointWhatWasToldOfOthersBeforeItWasThere() {
        EndpointId watcher = scene.newEndpoint(OptionalDouble.empty(), "endpoint.disabled");
        EndpointId mirror = scene.newEndpoint(OptionalDouble.empty(), "endpoint.disabled");
        told("oev_1", "endpoint.disabled", scene.endpoint);
        told("oev_2", "endpoint.failing", scene.endpoint);
        told("oev_3", "endpoint.disabled", watcher);
        scene.event("acme", "evt_1");
        scene.fannedOut();

        assertThat(scene.recover(scene.missed(watcher)).put()).isEqualTo(1);
        assertThat(scene.put().get(0).value())
                .asString(UTF_8)
                .isEqualTo("{\"type\":\"endpoint.disabled\",\"timestamp\":\"2026-01-15T14:30:00.000Z\","
                        + "\"data\":{\"webhook_id\":\"" + scene.endpoint.webhookId() + "\"}}");
        assertThat(scene.recover(scene.missed(mirror)).put())
                .as("of the first endpoint and of the other watcher")
                .isEqualTo(2);
        assertThat(scene.recover(scene.missed()).put())
                .as("* is for what profiles know")
                .isEqualTo(1);
        assertThat(scene.putIds())
                .containsExactlyInAnyOrder(
                        scene.id(watcher, "oev_1"),
                        scene.id(mirror, "oev_1"),
                        scene.id(mirror, "oev_3"),
                        scene.id(scene.endpoint, "evt_1"));
    }

    @Test
    void aTellingThatFailedIsRecoveredAndNotReplayed() {
        EndpointId watcher = scene.newEndpoint(OptionalDouble.empty(), "delivery.failed");
        told("oev_1", "delivery.failed", scene.endpoint);
        scene.outcome(scene.delivery(watcher, "oev_1"), Outcome.FAILED, Scene.NOW);
        scene.fannedOut();

        assertThat(scene.recover(scene.missed(watcher)).found()).isZero();
        RecoveryRequest undelivered = new RecoveryRequest(watcher, RecoveryRow.Kind.UNDELIVERED, Scene.HOUR_AGO);
        assertThat(scene.recover(undelivered).put()).isEqualTo(1);
        assertThat(kafka.readAll(scene.topics.events()))
                .as("nothing new is told")
                .hasSize(1);
    }

    private void told(String eventId, String type, EndpointId about) {
        String json = new String(Scene.eventJson("acme", eventId), UTF_8)
                .replace("call.completed", type)
                .replace(
                        "\"data\":{\"call\":\"" + eventId + "\"}",
                        "\"about_endpoint\":\"" + about.webhookId() + "\",\"data\":{\"webhook_id\":\""
                                + about.webhookId() + "\"}");
        scene.event(0, json.getBytes(UTF_8));
    }
}
