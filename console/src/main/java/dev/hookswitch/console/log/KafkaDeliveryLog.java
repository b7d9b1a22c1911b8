package dev.hookswitch.console.log;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.console.log.LogUnavailable.Reason;
import dev.hookswitch.console.recovery.Partitions;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * The delivery log that needs no database: read from {@code delivery-attempts} and {@code delivery-outcomes} into RocksDB, each
 * partition by one console of the deployment, and asked for at that one.
 */
public final class KafkaDeliveryLog implements DeliveryLog, Service {
    /** A page takes milliseconds. */
    private static final Duration PEER_LIMIT = Duration.ofSeconds(3);

    private static final Duration REBUILD_RETRY_AFTER = Duration.ofSeconds(5);

    private final LogSettings settings;
    private final RocksMemory memory;
    private final LogFeed feed;
    private final LogClients clients;
    private @Nullable FolderLock folder;
    private @Nullable CommittedOwners owners;
    private volatile @Nullable Peers peers;
    private @Nullable PeerServer server;
    private boolean closed;

    private KafkaDeliveryLog(LogSettings settings, InstantSource clock, MeterRegistry metrics) {
        this.settings = settings;
        this.clients = new LogClients(settings);
        this.memory = new RocksMemory(settings.memoryBytes());
        StoreSpec spec = new StoreSpec(memory, settings.retention(), settings.timeScale(), clock);
        this.feed = new LogFeed(settings, spec, new LogMeters(metrics));
    }

    /**
     * Builds it. Connects to nothing yet.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every setting that is wrong
     */
    public static KafkaDeliveryLog create(Settings settings, InstantSource clock, MeterRegistry metrics) {
        return new KafkaDeliveryLog(LogSettings.of(settings), clock, metrics);
    }

    @Override
    public String name() {
        return "delivery-log";
    }

    /** Returns when it has begun to read; until it has read all, questions are answered by {@link LogUnavailable}. */
    @Override
    public void start() throws IOException {
        folder = FolderLock.take(settings.folder());
        Admin admin = clients.admin();
        CommittedOwners committed = new CommittedOwners(settings.group(), admin);
        owners = committed;
        TopicCheck.require(admin, settings.topicSpecs());
        peers = new Peers(settings.peers(), new Owners(committed), PEER_LIMIT);
        if (settings.peers().url().isPresent()) {
            server = PeerServer.start(settings.peers(), this::here);
        }
        feed.start();
    }

    /** Up while it reads; also when some of it is still to be read, which must not keep the rest of a console waiting. */
    @Override
    public Health health() {
        return feed.health();
    }

    @Override
    public Optional<LoggedDelivery> find(EndpointId endpoint, String deliveryId) {
        return ask(new Ask(endpoint, deliveryId, null)).asDelivery();
    }

    @Override
    public LogPage list(EndpointId endpoint, LogQuery query) {
        String cursor = query.cursor();
        if (cursor != null) {
            PartitionStore.checkedCursor(cursor);
        }
        return ask(new Ask(endpoint, null, query)).asPage();
    }

    private Answer ask(Ask ask) {
        return here(ask).orElseGet(() -> elsewhere(ask));
    }

    /** What this process can say; nothing when the partition is another's. */
    private Optional<Answer> here(Ask ask) {
        return feed.partition(partition(ask)).map(owned -> {
            if (!owned.isCaughtUp()) {
                throw new LogUnavailable(
                        Reason.REBUILDING, REBUILD_RETRY_AFTER, "the log of this endpoint is being read from Kafka");
            }
            if (!owned.isConfirmed()) {
                throw new LogUnavailable(
                        Reason.UNREACHABLE,
                        REBUILD_RETRY_AFTER,
                        "the console that has the log of this endpoint does not hear from Kafka");
            }
            return ask.of(owned.store());
        });
    }

    private Answer elsewhere(Ask ask) {
        Peers others = peers;
        if (others == null) {
            throw new LogUnavailable(Reason.REBUILDING, REBUILD_RETRY_AFTER, "the delivery log has not started");
        }
        return others.ask(partition(ask), ask);
    }

    private int partition(Ask ask) {
        return partition(ask.endpoint());
    }

    /** Where the rows of an endpoint are. */
    int partition(EndpointId endpoint) {
        return Partitions.of(endpoint.webhookId(), settings.topics());
    }

    /** What is here of a partition; for tests and measurements. */
    Optional<OwnedPartition> owned(int partition) {
        return feed.partition(partition);
    }

    /** Writes what is in memory to its files and keeps its partitions for the next start. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (server != null) {
            server.close();
        }
        feed.close();
        if (owners != null) {
            owners.close();
        }
        if (feed.isStopped()) {
            memory.close();
            if (folder != null) {
                folder.close();
            }
        }
    }
}
