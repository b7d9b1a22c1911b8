package dev.hookswitch.console.log;

import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Two consoles that share the partitions of a deployment. */
final class TwoLogs implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    final Deployment deployment;
    final LogWriter writer;
    final KafkaDeliveryLog one;
    final KafkaDeliveryLog two;

    TwoLogs(KafkaCluster kafka, Path folder) {
        deployment = Deployment.ready(kafka, folder);
        writer = new LogWriter(deployment);
        one = LogInstance.among(deployment, "one", folder);
        two = LogInstance.among(deployment, "two", folder);
        awaitShared(one, two);
    }

    /** Each has some, and together they have all. */
    static void awaitShared(KafkaDeliveryLog one, KafkaDeliveryLog two) {
        await().atMost(LIMIT).until(() -> {
            long ofOne = count(one);
            long ofTwo = count(two);
            return ofOne > 0 && ofTwo > 0 && ofOne + ofTwo == 3;
        });
    }

    static long count(KafkaDeliveryLog log) {
        return IntStream.range(0, 3)
                .filter(partition -> log.owned(partition)
                        .filter(OwnedPartition::isCaughtUp)
                        .isPresent())
                .count();
    }

    /** The one that must ask the other about this endpoint, when all is read that was written. */
    KafkaDeliveryLog other(EndpointId endpoint) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> writer.isRead(List.of(one, two)));
        return one.owned(one.partition(endpoint)).isPresent() ? two : one;
    }

    @Override
    public void close() {
        one.close();
        two.close();
    }
}
