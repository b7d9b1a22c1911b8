package dev.hookswitch.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An event that was moved has no delivery yet, though the fan-out has committed its place in events. */
@ExtendWith(KafkaExtension.class)
class FanoutPositionsTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final KafkaCluster kafka;
    private final Scene scene;
    private final KafkaProperties properties;

    FanoutPositionsTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.scene = new Scene(kafka, folder);
        this.properties = new KafkaProperties(scene.deployment.settings());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void doesNotAnswerWhileEventsThatWereMovedWait() {
        scene.event("acme", "evt_1");
        scene.moved("acme", "evt_1");
        scene.fannedOut();
        assertThatThrownBy(positions(AT_ONCE)::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(scene.topics.eventsMoved());

        CompletableFuture<Map<Integer, Long>> patient = CompletableFuture.supplyAsync(positions(LONG)::read);
        scene.movedFannedOut();

        assertThat(patient)
                .succeedsWithin(LONG)
                .satisfies(at -> assertThat(at.values()).containsExactlyInAnyOrder(0L, 1L));
    }

    /** An aborted transaction leaves a mark that no reader comes to. */
    @Test
    void marksOfTransactionsAreNoEvents() {
        scene.fannedOut();
        try (Producer<byte[], byte[]> producer =
                kafka.producer(Map.of("transactional.id", "aborts" + scene.topics.prefix()))) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(scene.topics.eventsMoved(), 0, null, new byte[] {1}));
            producer.flush();
            producer.abortTransaction();
        }

        assertThat(positions(AT_ONCE).read()).containsOnlyKeys(0, 1);
    }

    private FanoutPositions positions(Duration wait) {
        return new FanoutPositions(properties, scene.topics, new Log(new RecoveryClients(properties)), wait);
    }
}
