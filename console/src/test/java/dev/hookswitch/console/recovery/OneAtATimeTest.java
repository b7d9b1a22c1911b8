package dev.hookswitch.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.RecoveryRow.State;
import dev.hookswitch.console.recovery.RecoveryRefused.Code;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint has one recovery at a time, and one process works on it. */
@ExtendWith(KafkaExtension.class)
class OneAtATimeTest {
    private static final OptionalDouble QUICKLY = OptionalDouble.of(10_000);
    private static final OptionalDouble TEN_AT_A_TIME = OptionalDouble.of(100);

    private final Scene scene;

    OneAtATimeTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new Scene(kafka, folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void oneRecoveryAtATime() {
        scene.failed("evt_1");
        try (RecoveryRun first = scene.recoveries().begin(scene.undelivered(), QUICKLY)) {
            assertThatThrownBy(() -> scene.recover(scene.missed()))
                    .isInstanceOfSatisfying(
                            RecoveryRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Code.RECOVERY_UNFINISHED));
            try (RecoveryRun second = scene.recoveries().begin(scene.undelivered(), QUICKLY)) {
                assertThat(second.row().recoveryId()).isEqualTo(first.row().recoveryId());
                assertTakenOver(first);
                assertThat(second.run(row -> {}, () -> false).put()).isEqualTo(1);
            }
        }
        assertThat(scene.putIds()).hasSize(1);
    }

    @Test
    void whatIsCancelledDoesNotGoOn() {
        assertThatThrownBy(() -> scene.recoveries().cancel(scene.endpoint))
                .isInstanceOfSatisfying(
                        RecoveryRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.NO_RECOVERY));
        scene.failed("evt_1");
        try (RecoveryRun interrupted = scene.recoveries().begin(scene.undelivered(), QUICKLY)) {
            assertThat(interrupted.run(row -> {}, () -> true).put()).isZero();
        }

        RecoveryRow cancelled = scene.recoveries().cancel(scene.endpoint);

        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        try (RecoveryRun next = scene.recoveries().begin(scene.undelivered(), QUICKLY)) {
            assertThat(next.isResumed()).isFalse();
            assertThat(next.row().recoveryId()).isNotEqualTo(cancelled.recoveryId());
        }
    }

    /** Two that are begun at the same moment: the second has looked, and the first puts on until it is shut out. */
    @Test
    void whatIsPutWhileASecondOneBeginsIsNotPutAgain() {
        IntStream.range(0, 30).forEach(number -> scene.failed("evt_" + number));
        try (RecoveryRun first = scene.recoveries().begin(scene.undelivered(), TEN_AT_A_TIME)) {
            Recoveries late =
                    takingAfter(() -> first.run(row -> {}, () -> first.row().put() > 0));
            try (RecoveryRun second = late.begin(scene.undelivered(), QUICKLY)) {
                assertThat(first.row().put()).isEqualTo(10);
                assertThat(second.left()).isEqualTo(20);
                assertThat(second.run(row -> {}, () -> false).put()).isEqualTo(30);
            }
        }
        assertThat(scene.putIds()).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void ofTwoThatBeginForTheFirstTimeOneIsRefused() {
        scene.failed("evt_1");
        RecoveryRun[] overtaking = new RecoveryRun[1];
        Recoveries late = takingAfter(() -> overtaking[0] = scene.recoveries().begin(scene.undelivered(), QUICKLY));
        try (RecoveryRun second = late.begin(scene.undelivered(), QUICKLY);
                RecoveryRun first = overtaking[0]) {
            assertThat(second.row().recoveryId()).isEqualTo(first.row().recoveryId());
            assertTakenOver(first);
            assertThat(second.run(row -> {}, () -> false).put()).isEqualTo(1);
        }
        assertThat(scene.putIds()).hasSize(1);
    }

    @Test
    void cancellingStopsTheOneThatPuts() {
        IntStream.range(0, 30).forEach(number -> scene.failed("evt_" + number));
        try (RecoveryRun first = scene.recoveries().begin(scene.undelivered(), TEN_AT_A_TIME)) {
            first.run(row -> {}, () -> first.row().put() > 0);
            assertThat(scene.recoveries().cancel(scene.endpoint).put()).isEqualTo(10);
            assertTakenOver(first);
        }
        assertThat(scene.putIds()).hasSize(10);
    }

    /** Its own failures among them: else it would never end while its endpoint fails. */
    @Test
    void whatFailsAfterItBeganIsNoPartOfIt() {
        IntStream.range(0, 20).forEach(number -> scene.failed("evt_" + number));
        try (RecoveryRun first = scene.recoveries().begin(scene.undelivered(), TEN_AT_A_TIME)) {
            first.run(row -> {}, () -> first.row().put() > 0);
        }
        IntStream.range(20, 30).forEach(number -> scene.failed("evt_" + number));

        RecoveryRow done = scene.recover(scene.undelivered());

        assertThat(done.put()).isEqualTo(20).isEqualTo(done.found());
        assertThat(scene.recover(scene.undelivered()).found()).as("of the next").isEqualTo(30);
    }

    private static void assertTakenOver(RecoveryRun run) {
        assertThatThrownBy(() -> run.run(row -> {}, () -> false))
                .isInstanceOfSatisfying(
                        RecoveryRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.TAKEN_OVER));
    }

    /** Of a process that looked, and is slow to take the endpoint's ledger. */
    private Recoveries takingAfter(Runnable meanwhile) {
        RecoverySettings settings = RecoverySettings.of(scene.deployment.settings());
        RecoveryClients clients = new RecoveryClients(new KafkaProperties(scene.deployment.settings())) {
            @Override
            Producer<byte[], byte[]> transactional(String id) {
                meanwhile.run();
                return super.transactional(id);
            }
        };
        return new Recoveries(settings, clients, scene.admin::get, scene.clock, new SecureRandom());
    }
}
