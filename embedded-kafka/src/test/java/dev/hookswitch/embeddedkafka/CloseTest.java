package dev.hookswitch.embeddedkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseTest {
    @TempDir
    Path directory;

    @Test
    void leavesNoThreadThatWouldKeepTheProcessAlive() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
        new Clients(kafka.bootstrapServers()).createTopic("some", 1);

        kafka.close();
        kafka.close();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread ->
                                !before.contains(thread) && !thread.isDaemon() && thread != Thread.currentThread())
                        .isEmpty());
    }

    @Test
    void reportsABrokerThatLostItsDiskAndStillCloses() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
        try (Admin admin = new Clients(kafka.bootstrapServers()).admin()) {
            assertThat(kafka.failure()).isEmpty();

            deleteAll(directory.resolve("log"));
            var unused = admin.createTopics(List.of(new NewTopic("homeless", 1, (short) 1)));

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(kafka.failure()).isPresent());
        }
        kafka.close();
        DataDirectory.lock(directory).close();
    }

    private static void deleteAll(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.deleteIfExists(file);
            }
        }
    }
}
