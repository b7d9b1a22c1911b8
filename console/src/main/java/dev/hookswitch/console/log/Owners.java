package dev.hookswitch.console.log;

import dev.hookswitch.console.log.LogUnavailable.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which console has which partition: each writes its address into the metadata of the offsets that it commits, so the group
 * itself refuses what one says that has lost the partition. Safe for many threads.
 */
final class Owners implements AutoCloseable {
    private static final long LIMIT_SECONDS = 3;

    private final String group;
    private final Admin admin;
    private volatile Map<Integer, URI> known = Map.of();
    private long lookedAtNanos = System.nanoTime();

    Owners(String group, Admin admin) {
        this.group = group;
        this.admin = admin;
    }

    /** As it was when we last looked. */
    Optional<URI> of(int partition) {
        return Optional.ofNullable(known.get(partition));
    }

    /** Looks again. One look, also one that fails, serves all who wait for it. */
    void refresh() {
        long askedAtNanos = System.nanoTime();
        synchronized (this) {
            if (lookedAtNanos - askedAtNanos > 0) {
                return;
            }
            try {
                known = look();
            } finally {
                lookedAtNanos = System.nanoTime();
            }
        }
    }

    private Map<Integer, URI> look() {
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
