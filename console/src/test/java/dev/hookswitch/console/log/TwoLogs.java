package dev.hookswitch.console.log;

import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

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
        hurry(
                kafka,
                LogSettings.of(LogInstance.settings(deployment, "any", folder)).group());
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
                .filter(partition ->
                        log.owned(partition).filter(OwnedPartition::isCaughtUp).isPresent())
                .count();
    }

    /**
     * The one that must ask the other about this endpoint, when all is read that was written. It asks again as long as nobody
     * can say: a machine that stands still moves partitions.
     */
    DeliveryLog other(EndpointId endpoint) {
        return new DeliveryLog() {
            @Override
            public Optional<LoggedDelivery> find(EndpointId of, String deliveryId) {
                return patiently(() -> elsewhere().find(of, deliveryId));
            }

            @Override
            public LogPage list(EndpointId of, LogQuery query) {
                return patiently(() -> elsewhere().list(of, query));
            }

            private KafkaDeliveryLog elsewhere() {
                return one.owned(one.partition(endpoint)).isPresent() ? two : one;
            }
        };
    }

    private <T> T patiently(Supplier<T> ask) {
        return await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .ignoreException(LogUnavailable.class)
                .until(
                        () -> writer.isRead(List.of(one, two)) ? Optional.of(ask.get()) : Optional.<T>empty(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** What one leaves is soon another's. */
    private static void hurry(KafkaCluster kafka, String group) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Map<String, String> config =
                Map.of("consumer.session.timeout.ms", "3000", "consumer.heartbeat.interval.ms", "500");
        try {
            kafka.admin()
                    .incrementalAlterConfigs(Map.of(
                            resource,
                            config.entrySet().stream()
                                    .map(each -> new AlterConfigOp(
                                            new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET))
                                    .toList()))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        one.close();
        two.close();
    }
}
