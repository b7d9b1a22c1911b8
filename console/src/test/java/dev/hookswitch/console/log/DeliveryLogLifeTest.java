package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What restarts, lost folders and changes of hands do to a log: it may be unavailable, and is never incomplete. */
@ExtendWith(KafkaExtension.class)
class DeliveryLogLifeTest {
    private static final int DELIVERIES = 20;
    /** One in each partition, and more. */
    private static final List<EndpointId> ENDPOINTS = IntStream.range(0, 9)
            .mapToObj(i -> new EndpointId("acme", "wh_" + i))
            .toList();

    private final KafkaCluster kafka;
    private final Path folder;
    private final Instant now = Instant.now();

    DeliveryLogLifeTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.folder = folder;
    }

    private void write(LogWriter writer, String events) {
        for (EndpointId endpoint : ENDPOINTS) {
            for (int i = 0; i < DELIVERIES; i++) {
                writer.write(
                        LogRows.of(endpoint, events + i, now.minusSeconds(i)).delivered(1, now));
            }
        }
    }

    /** Waits for all of an endpoint's deliveries; what is told before that is that nobody knows. */
    private static void awaitAll(DeliveryLog log, int count) {
        for (EndpointId endpoint : ENDPOINTS) {
            await().atMost(TwoLogs.LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
                try {
                    assertThat(log.list(endpoint, LogQuery.newest(100)).deliveries())
                            .hasSize(count);
                    return true;
                } catch (LogUnavailable e) {
                    assertThat(e.retryAfter()).isPositive();
                    return false;
                }
            });
        }
    }

    private void awaitRead(LogWriter writer, KafkaDeliveryLog log) {
        await().atMost(TwoLogs.LIMIT).until(() -> writer.isRead(List.of(log)));
    }

    @Test
    void goesOnAfterARestartFromWhereItWas() throws ExecutionException, InterruptedException {
        Deployment deployment = Deployment.ready(kafka, folder);
        LogWriter writer = new LogWriter(deployment);
        write(writer, "before");
        try (KafkaDeliveryLog log = LogInstance.alone(deployment, "one", folder)) {
            awaitRead(writer, log);
        }
        // What was read is nowhere but in its folder.
        Map<TopicPartition, RecordsToDelete> all = IntStream.range(0, 3)
                .mapToObj(partition -> new TopicPartition(deployment.topics().deliveryAttempts(), partition))
                .collect(Collectors.toMap(each -> each, each -> RecordsToDelete.beforeOffset(-1)));
        kafka.admin().deleteRecords(all).all().get();
        write(writer, "meanwhile");

        try (KafkaDeliveryLog log = LogInstance.alone(deployment, "one", folder)) {
            awaitAll(log, 2 * DELIVERIES);
        }
    }

    @Test
    void isReadFromKafkaAgainWhenItsFolderIsLostAndTellsNothingBefore() throws IOException {
        Deployment deployment = Deployment.ready(kafka, folder);
        LogWriter writer = new LogWriter(deployment);
        write(writer, "before");
        writer.garbage("wh_0");
        try (KafkaDeliveryLog log = LogInstance.alone(deployment, "one", folder)) {
            awaitRead(writer, log);
        }
        StoreFolder.delete(folder.resolve("one"));

        try (KafkaDeliveryLog log = LogInstance.alone(deployment, "one", folder)) {
            awaitAll(log, DELIVERIES);
        }
    }

    @Test
    void anotherConsoleTakesOverWhatOneLeaves() {
        try (TwoLogs logs = new TwoLogs(kafka, folder)) {
            write(logs.writer, "before");
            awaitAll(logs.one, DELIVERIES);
            awaitAll(logs.two, DELIVERIES);
            logs.two.close();

            awaitAll(logs.one, DELIVERIES);
            assertThat(TwoLogs.count(logs.one)).isEqualTo(3);

            try (KafkaDeliveryLog back = LogInstance.among(logs.deployment, "three", folder)) {
                awaitAll(back, DELIVERIES);
                TwoLogs.awaitShared(logs.one, back);
                write(logs.writer, "after");
                await().atMost(TwoLogs.LIMIT).until(() -> logs.writer.isRead(List.of(logs.one, back)));
                awaitAll(logs.one, 2 * DELIVERIES);
                awaitAll(back, 2 * DELIVERIES);
            }
        }
    }

    @Test
    void saysThatItCannotSayBeforeItHasStarted() {
        Deployment deployment = Deployment.ready(kafka, folder);
        try (KafkaDeliveryLog log = LogInstance.made(deployment, "one", folder)) {
            assertThatThrownBy(() -> log.list(ENDPOINTS.get(0), LogQuery.newest(1)))
                    .isInstanceOf(LogUnavailable.class);
        }
    }
}
