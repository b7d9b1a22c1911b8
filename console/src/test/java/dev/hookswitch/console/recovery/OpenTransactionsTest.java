package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers of committed records stop at the first transaction that is open, and see nothing behind it, committed or not. Some
 * process that was killed may have one open for 20 s.
 */
@ExtendWith(KafkaExtension.class)
class OpenTransactionsTest {
    private final Scene scene;
    private final Producer<byte[], byte[]> other;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    OpenTransactionsTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new Scene(kafka, folder);
        other = kafka.producer(
                Map.of("transactional.id", scene.topics.prefix() + "other", "transaction.timeout.ms", "600000"));
        other.initTransactions();
    }

    @AfterEach
    void close() {
        thread.shutdownNow();
        other.close();
        scene.close();
    }

    /** Else it would go on from an older place, or begin anew, and put deliveries twice. */
    @Test
    void aRecoveryFindsItsOwnLastRowBehindTheTransactionOfAnother() throws Exception {
        IntStream.range(0, 30).forEach(number -> scene.failed("evt_" + number));
        OptionalDouble tenAtATime = OptionalDouble.of(100);
        String recoveryId;
        try (RecoveryRun first = scene.recoveries().begin(scene.undelivered(), tenAtATime)) {
            other.beginTransaction();
            IntStream.range(0, scene.topics.partitions()).forEach(this::anothersRow);
            other.flush();
            recoveryId = first.run(row -> {}, () -> first.row().put() > 0).recoveryId();
        }

        Future<RecoveryRow> second = whileOpen(() -> scene.recover(scene.undelivered()));
        other.abortTransaction();

        RecoveryRow done = second.get(60, TimeUnit.SECONDS);
        assertThat(done.recoveryId()).isEqualTo(recoveryId);
        assertThat(done.put()).isEqualTo(30);
        assertThat(scene.putIds()).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void whatADispatcherIsAboutToCommitAsDeliveredIsNotPutOnceMore() throws Exception {
        Delivery delivery = scene.delivery(scene.endpoint, "evt_1");
        OutcomeRow failed = scene.outcome(delivery, Outcome.FAILED, Scene.NOW);
        other.beginTransaction();
        var unused = other.send(new ProducerRecord<>(
                scene.topics.deliveryOutcomes(),
                scene.partition(scene.endpoint),
                failed.webhookId().getBytes(UTF_8),
                Wire.write(Rows.outcome(delivery, Outcome.DELIVERED, 1, Scene.NOW))));
        other.flush();

        Future<RecoveryCount> count = whileOpen(() -> scene.recoveries().count(scene.undelivered()));
        other.commitTransaction();

        assertThat(count.get(60, TimeUnit.SECONDS).found()).isZero();
    }

    /** Kafka shows the fan-out's position a moment before the records of the same transaction. */
    @Test
    void whatTheFanoutIsAboutToCommitIsNotMissed() throws Exception {
        scene.event("acme", "evt_1");
        scene.event("acme", "evt_2");
        other.beginTransaction();
        scene.deliveryBy(other, scene.endpoint, "evt_1");
        other.flush();
        scene.fannedOut();

        Future<RecoveryCount> count = whileOpen(() -> scene.recoveries().count(scene.missed()));
        other.commitTransaction();

        assertThat(count.get(60, TimeUnit.SECONDS).found()).as("evt_2").isEqualTo(1);
    }

    /** It must not come to an end before the transaction does. */
    private <T> Future<T> whileOpen(Callable<T> work) {
        Future<T> result = thread.submit(work);
        assertThatThrownBy(() -> result.get(3, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
        return result;
    }

    private void anothersRow(int partition) {
        var unused = other.send(new ProducerRecord<>(scene.topics.recoveries(), partition, new byte[1], new byte[1]));
    }
}
