package dev.hookswitch.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recovery whose process dies twice, at any point of a transaction, puts each delivery exactly once. */
@ExtendWith(KafkaExtension.class)
class InterruptedRecoveryTest {
    private static final int DELIVERIES = 300;
    /** Makes transactions of 40 deliveries. */
    private static final OptionalDouble PER_SECOND = OptionalDouble.of(400);

    private final Scene scene;
    private final List<RecoveryRun> dead = new ArrayList<>();

    InterruptedRecoveryTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new Scene(kafka, folder);
    }

    @AfterEach
    void close() {
        dead.forEach(RecoveryRun::close);
        scene.close();
    }

    /** With 5 the transaction of the first death is not committed and that of the second is; with 7 the other way round. */
    @ParameterizedTest
    @ValueSource(longs = {5, 7})
    void eachOnceMoreAndNoneTwice(long seed) {
        diesTwice(seed);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void eachOnceMoreAndNoneTwiceWithOtherSeeds(long seed) {
        diesTwice(seed);
    }

    private void diesTwice(long seed) {
        List<String> failed = mixedPast(new Random(seed));
        Random random = new Random(seed);
        try (Answering answering = scene.answering()) {
            String recoveryId = dies(random, answering);
            assertThat(dies(random, answering)).as("seed %s", seed).isEqualTo(recoveryId);

            RecoveryRow done;
            try (RecoveryRun last = scene.recoveries().begin(scene.undelivered(), PER_SECOND)) {
                assertThat(last.isResumed()).isTrue();
                done = last.run(row -> answering.answer(), () -> false);
            }

            assertThat(done.recoveryId()).isEqualTo(recoveryId);
            assertThat(List.of(done.found(), done.put())).as("seed %s", seed).containsOnly((long) DELIVERIES);
        }
        assertThat(scene.putIds()).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(failed);
    }

    /** Failed ones with bodies, skipped ones without, those of another endpoint and delivered ones between them. */
    private List<String> mixedPast(Random random) {
        EndpointId other = scene.newEndpoint(OptionalDouble.empty());
        return IntStream.range(0, DELIVERIES)
                .mapToObj(number -> "evt_" + number)
                .peek(eventId -> {
                    if (random.nextInt(3) == 0) {
                        scene.delivery(other, eventId);
                    }
                })
                .flatMap(eventId -> Stream.of(
                        random.nextInt(4) == 0
                                ? scene.skipped(scene.endpoint, eventId, scene.event("acme", eventId))
                                : scene.failed(eventId)))
                .map(row -> row.deliveryId())
                .toList();
    }

    /** A run that ends in its first, second or third transaction, as a kill would end it; its recovery. */
    private String dies(Random random, Answering answering) {
        RecoverySettings settings = RecoverySettings.of(scene.deployment.settings());
        MortalClients clients = new MortalClients(new KafkaProperties(scene.deployment.settings()), random);
        Recoveries recoveries = new Recoveries(settings, clients, scene.admin::get, scene.clock, new SecureRandom());
        RecoveryRun run = recoveries.begin(scene.undelivered(), PER_SECOND);
        dead.add(run);
        clients.arm();
        assertThatThrownBy(() -> run.run(row -> answering.answer(), () -> false))
                .isInstanceOf(Killed.class);
        return run.row().recoveryId();
    }
}
