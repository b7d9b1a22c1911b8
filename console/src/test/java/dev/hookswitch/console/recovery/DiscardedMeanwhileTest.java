package dev.hookswitch.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.console.recovery.RecoveryRefused.Code;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is put and discarded gets no POST: a recovery that waited for one would stand still for ever. */
@ExtendWith(KafkaExtension.class)
class DiscardedMeanwhileTest {
    /** At this rate a recovery is 8 ahead at the most. */
    private static final OptionalDouble SLOWLY = OptionalDouble.of(10);

    private static final int AHEAD = 8;

    private final Scene scene;

    DiscardedMeanwhileTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new Scene(kafka, folder);
        IntStream.range(0, 3 * AHEAD).forEach(number -> scene.failed("evt_" + number));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void anEndpointThatIsEnabledAgainGetsTheRest() {
        long giveUpNanos = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        try (Answering dispatcher = scene.answering();
                RecoveryRun run = scene.recoveries().begin(scene.undelivered(), SLOWLY)) {
            run.run(row -> {}, () -> {
                if (run.row().put() == AHEAD) {
                    dispatcher.discard();
                } else {
                    dispatcher.answer();
                }
                return System.nanoTime() - giveUpNanos > 0;
            });
            assertThat(run.row().put()).isEqualTo(3 * AHEAD);
        }
    }

    @Test
    void anEndpointThatStaysDisabledIsPutNothingMore() {
        try (Answering dispatcher = scene.answering();
                RecoveryRun run = scene.recoveries().begin(scene.undelivered(), SLOWLY)) {
            assertThatThrownBy(() -> run.run(row -> {}, () -> {
                        if (run.row().put() == AHEAD) {
                            scene.admin.disable(scene.endpoint, Scene.BY);
                            dispatcher.discard();
                        }
                        return run.row().put() > AHEAD;
                    }))
                    .isInstanceOfSatisfying(
                            RecoveryRefused.class,
                            refused -> assertThat(refused.code()).isEqualTo(Code.ENDPOINT_DISABLED));
            assertThat(run.row().put()).isEqualTo(AHEAD);
        }
    }
}
