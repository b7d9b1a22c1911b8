package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.RecoveryRow.State;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.recovery.RecoveryRefused.Code;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(KafkaExtension.class)
class RecoveriesTest {
    private static final OptionalDouble QUICKLY = OptionalDouble.of(10_000);

    private final KafkaCluster kafka;
    private final Scene scene;

    RecoveriesTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.scene = new Scene(kafka, folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void putsWhatWasNotDeliveredOnceMoreWithTheSameIdAndBody() {
        OutcomeRow failed = scene.failed("evt_1");
        OutcomeRow discarded = scene.outcome(scene.delivery(scene.endpoint, "evt_2"), Outcome.DISCARDED, Scene.NOW);
        scene.outcome(scene.delivery(scene.endpoint, "evt_3"), Outcome.DELIVERED, Scene.NOW);
        scene.admin.enable(scene.endpoint, Scene.BY);

        RecoveryRow done = scene.recover(scene.undelivered());

        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(List.of(done.found(), done.put(), done.gone(), done.unfit())).containsExactly(2L, 2L, 0L, 0L);
        List<ConsumerRecord<byte[], byte[]>> put = kafka.readAll(scene.topics.deliveriesDue());
        assertThat(put).hasSize(2);
        for (int i = 0; i < 2; i++) {
            OutcomeRow before = List.of(failed, discarded).get(i);
            Delivery again = Scene.read(put.get(i));
            assertThat(put.get(i).value()).isEqualTo(Scene.body(before.eventId()));
            assertThat(put.get(i).key()).asString(UTF_8).isEqualTo(before.webhookId());
            assertThat(put.get(i).partition()).isEqualTo(scene.partition(scene.endpoint));
            assertThat(again.id()).isEqualTo(before.deliveryId());
            assertThat(again.attempt()).isEqualTo(1);
            assertThat(again.activation())
                    .as("what a dispatcher must have seen")
                    .isEqualTo(2);
            assertThat(again.recoveryId()).isEqualTo(done.recoveryId());
            assertThat(again.origin()).isEqualTo(Scene.origin(before));
        }
    }

    @Test
    void makesTheBodyOfWhatWasSkippedAsTheFanoutWould() {
        RecordMetadata event = scene.event("acme", "evt_1");
        OutcomeRow skipped = scene.skipped(scene.endpoint, "evt_1", event);

        RecoveryRow done = scene.recover(scene.undelivered());

        assertThat(done.put()).isEqualTo(1);
        ConsumerRecord<byte[], byte[]> put = scene.put().get(0);
        assertThat(put.topic()).isEqualTo(scene.topics.deliveries());
        assertThat(put.partition()).isEqualTo(scene.partition(scene.endpoint));
        assertThat(put.value())
                .asString(UTF_8)
                .isEqualTo("{\"type\":\"call.completed\",\"timestamp\":\"2026-01-15T14:30:00.000Z\","
                        + "\"data\":{\"call\":\"evt_1\"}}");
        Delivery made = Scene.read(put);
        assertThat(made.id()).isEqualTo(skipped.deliveryId());
        assertThat(made.origin()).as("it stands here from now on").isNull();
        assertThat(made.eventsOffset()).isEqualTo(event.offset());
    }

    @Test
    void theLastOutcomeSinceThenDecides() {
        Delivery delivered = scene.delivery(scene.endpoint, "evt_1");
        scene.outcome(delivered, Outcome.FAILED, Scene.NOW);
        scene.outcome(delivered.onceMore("rec_0", 1, delivered.origin()), Outcome.DELIVERED, Scene.NOW);
        Delivery again = scene.delivery(scene.endpoint, "evt_2");
        scene.outcome(again, Outcome.FAILED, Scene.NOW);
        scene.outcome(again.onceMore("rec_0", 1, again.origin()), Outcome.FAILED, Scene.NOW);
        scene.outcome(scene.delivery(scene.endpoint, "evt_3"), Outcome.FAILED, Scene.HOUR_AGO.minusMillis(1));
        EndpointId other = scene.newEndpoint(OptionalDouble.empty());
        scene.outcome(scene.delivery(other, "evt_4"), Outcome.FAILED, Scene.NOW);

        assertThat(scene.recoveries().count(scene.undelivered())).isEqualTo(new RecoveryCount(1, 0, Scene.HOUR_AGO));
        assertThat(scene.putIds()).as("counting changes nothing").isEmpty();

        assertThat(scene.recover(scene.undelivered()).put()).isEqualTo(1);
        assertThat(scene.putIds()).containsExactly(scene.id(scene.endpoint, "evt_2"));
    }

    @Test
    void tellsWhatKafkaNoLongerKeeps() {
        scene.failed("evt_1");
        OutcomeRow kept = scene.failed("evt_2");
        scene.deleteDeliveriesBefore(Scene.origin(kept));

        assertThat(scene.recoveries().count(scene.undelivered())).isEqualTo(new RecoveryCount(2, 1, Scene.HOUR_AGO));
        RecoveryRow done = scene.recover(scene.undelivered());

        assertThat(List.of(done.found(), done.put(), done.gone())).containsExactly(2L, 1L, 1L);
        assertThat(scene.putIds()).containsExactly(kept.deliveryId());
    }

    @Test
    void anEventOfWhichNoBodyCanBeMadeIsCounted() {
        RecordMetadata foreign = scene.event("other", "evt_1");
        scene.skipped(scene.endpoint, "evt_1", foreign);

        RecoveryRow done = scene.recover(scene.undelivered());

        assertThat(List.of(done.found(), done.put(), done.unfit())).containsExactly(1L, 0L, 1L);
        assertThat(done.state()).isEqualTo(State.DONE);
    }

    @Test
    void anotherRecoveryAfterwardsFindsOnlyWhatHasNotBeenDeliveredSince() {
        scene.failed("evt_1");
        scene.failed("evt_2");
        scene.recover(scene.undelivered());
        List<Delivery> put = scene.put().stream().map(Scene::read).toList();
        scene.outcome(put.get(0), Outcome.DELIVERED, Scene.NOW);
        scene.outcome(put.get(1), Outcome.FAILED, Scene.NOW);

        RecoveryRow second = scene.recover(scene.undelivered());

        assertThat(second.put()).isEqualTo(1);
        assertThat(scene.recoveries().of(scene.endpoint)).hasSize(2);
        assertThat(scene.putIds())
                .containsExactly(put.get(0).id(), put.get(1).id(), put.get(1).id());
    }

    @Test
    void anEndpointThatGetsNoPostsIsRefused() {
        scene.failed("evt_1");
        scene.deployment.report(new EndpointStatus(
                "acme", scene.endpoint.webhookId(), 1, EndpointStatus.State.DISABLED, 10, "gone", 0));
        assertThatThrownBy(() -> scene.recover(scene.undelivered()))
                .isInstanceOfSatisfying(
                        RecoveryRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.ENDPOINT_DISABLED))
                .hasMessageEndingWith("is disabled, so that it gets no POSTs: enable it first");
        scene.admin.enable(scene.endpoint, Scene.BY);
        scene.admin.disable(scene.endpoint, Scene.BY);
        assertThatThrownBy(() -> scene.recover(scene.undelivered())).hasMessageContaining("is inactive");
        scene.admin.remove(scene.endpoint, Scene.BY);
        assertThatThrownBy(() -> scene.recover(scene.undelivered())).isInstanceOf(InvalidEndpoint.class);
        assertThat(scene.putIds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-15T14:30:00.001Z",
                "2027-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "-999999999-01-01T00:00:00Z"
            })
    void whatIsNoMomentInThePastIsRefused(String since) {
        for (RecoveryRow.Kind kind : List.of(RecoveryRow.Kind.UNDELIVERED, RecoveryRow.Kind.MISSED)) {
            RecoveryRequest request = new RecoveryRequest(scene.endpoint, kind, Instant.parse(since));
            assertThatThrownBy(() -> scene.recoveries().count(request))
                    .isInstanceOfSatisfying(
                            RecoveryRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Code.INVALID_SINCE))
                    .hasMessage("since must be from 1970-01-01T00:00:00Z to now, 2026-01-15T14:30:00Z, was " + since);
            assertThatThrownBy(() -> scene.recover(request)).isInstanceOf(RecoveryRefused.class);
        }
    }

    @Test
    void neverPutsMoreThanHalfASecondsWorthAheadOfTheAttempts() {
        double perSecond = 200;
        int most = 100;
        IntStream.range(0, 250).forEach(number -> scene.failed("evt_" + number));
        long[] putAndAnswered = new long[2];
        int[] askedWhileFull = new int[1];
        try (Answering answering = scene.answering();
                RecoveryRun run = scene.recoveries().begin(scene.undelivered(), OptionalDouble.of(perSecond))) {
            run.run(
                    row -> {
                        putAndAnswered[0] = row.put();
                        assertThat(putAndAnswered[0] - putAndAnswered[1]).isLessThanOrEqualTo(most);
                    },
                    () -> {
                        if (putAndAnswered[0] - putAndAnswered[1] == most && ++askedWhileFull[0] % 3 == 0) {
                            putAndAnswered[1] += answering.answer();
                        }
                        return false;
                    });
            assertThat(run.row().put()).isEqualTo(250);
        }
        assertThat(askedWhileFull[0]).as("it waited for attempts").isGreaterThanOrEqualTo(6);
    }

    @Test
    void stopsWhenTheEndpointIsDisabledMeanwhileAndGoesOnAfterwards() {
        IntStream.range(0, 20).forEach(number -> scene.failed("evt_" + number));
        try (RecoveryRun run = scene.recoveries().begin(scene.undelivered(), OptionalDouble.of(10))) {
            scene.admin.disable(scene.endpoint, Scene.BY);
            assertThatThrownBy(() -> run.run(row -> {}, () -> false))
                    .isInstanceOfSatisfying(
                            RecoveryRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Code.ENDPOINT_DISABLED));
            assertThat(run.row().put()).isEqualTo(8);
        }
        scene.admin.enable(scene.endpoint, Scene.BY);
        RecoveryRequest later = new RecoveryRequest(scene.endpoint, RecoveryRow.Kind.UNDELIVERED, Scene.NOW);
        assertThat(scene.recoveries().count(later))
                .as("what is left of the one that was interrupted, whatever is asked for")
                .isEqualTo(new RecoveryCount(12, 0, Scene.HOUR_AGO));
        try (RecoveryRun run = scene.recoveries().begin(later, QUICKLY)) {
            assertThat(run.isResumed()).isTrue();
            assertThat(run.left()).isEqualTo(12);
            assertThat(run.run(row -> {}, () -> false).put()).isEqualTo(20);
        }
        assertThat(scene.putIds()).hasSize(20).doesNotHaveDuplicates();
    }
}
