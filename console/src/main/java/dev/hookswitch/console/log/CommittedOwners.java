package dev.hookswitch.console.log;

import dev.hookswitch.console.log.LogUnavailable.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which console has which partition: each writes its address into the metadata of the offsets that it commits, so the group
 * itself refuses what one says that has lost the partition.
 */
final class CommittedOwners implements Supplier<Map<Integer, URI>>, AutoCloseable {
    private static final long LIMIT_SECONDS = 3;

    private final String group;
    private final Admin admin;

    /** @param admin is closed with it */
    CommittedOwners(String group, Admin admin) {
        this.group = group;
        this.admin = admin;
    }

    /** @throws LogUnavailable when Kafka does not say */
    @Override
    public Map<Integer, URI> get() {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            Map<Integer, URI> found = new HashMap<>();
            committed.forEach((at, offset) -> {
                URI url = offset == null ? null : PeerSettings.parsed(offset.metadata());
                if (url != null && url.getHost() != null) {
                    found.put(at.partition(), url);
                }
            });
            return Map.copyOf(found);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } catch (ExecutionException | TimeoutException e) {
            throw (LogUnavailable) unavailable().initCause(e);
        }
    }

    private static LogUnavailable unavailable() {
        return new LogUnavailable(
                Reason.UNREACHABLE, Duration.ofSeconds(5), "Kafka does not say which console has this log");
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
