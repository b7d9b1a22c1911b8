package dev.hookswitch.embeddedkafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its controller inside this JVM, with one replica of everything, listening on 127.0.0.1 only. A
 * fatal failure of the broker does not end the process: it is logged and shows in {@link #failure()}.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final DataDirectory directory;
    private final Listeners listeners;
    private final BrokerThreads threads;
    private final BrokerNode node;
    private final String bootstrapServers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(
            DataDirectory directory,
            Listeners listeners,
            BrokerThreads threads,
            BrokerNode node,
            String bootstrapServers) {
        this.directory = directory;
        this.listeners = listeners;
        this.threads = threads;
        this.node = node;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Returns when the broker takes requests. A directory that an earlier start has left, cleanly or not, is taken up
     * with its topics, records and committed offsets.
     *
     * @throws IllegalStateException when the directory is in use, a port is taken or the broker does not come up
     */
    public static EmbeddedKafka start(EmbeddedKafkaConfig config) {
        BrokerThreads.replaceExitProcedures();
        long startNanos = System.nanoTime();
        try (Undo undo = new Undo()) {
            DataDirectory directory = undo.add(DataDirectory.lock(config.dataDirectory()));
            Listeners listeners = undo.add(Listeners.bind(config));
            EmbeddedKafka kafka = start(config, directory, listeners);
            undo.forget();
            LOG.info(
                    "embedded Kafka started bootstrap={} directory={} took_ms={}",
                    kafka.bootstrapServers,
                    config.dataDirectory().toAbsolutePath(),
                    (System.nanoTime() - startNanos) / 1_000_000);
            return kafka;
        } catch (IllegalStateException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while embedded Kafka started", e);
        } catch (Exception e) {
            throw new IllegalStateException("embedded Kafka did not start: " + e.getMessage(), e);
        }
    }

    /** Address for clients, "127.0.0.1:port". */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Why the broker no longer works, if it has failed beyond repair; only a new start helps then. */
    public Optional<Throwable> failure() {
        return threads.failure();
    }

    /** Stops cleanly and gives the directory and the ports back. Further calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (directory;
                listeners) {
            threads.run("stop", STOP_LIMIT, node::stop);
            LOG.info("embedded Kafka stopped bootstrap={}", bootstrapServers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.error("embedded Kafka did not stop cleanly bootstrap={}", bootstrapServers, e);
        }
    }

    private static EmbeddedKafka start(EmbeddedKafkaConfig config, DataDirectory directory, Listeners listeners)
            throws Exception {
        KafkaConfig kafkaConfig = KafkaConfig.fromProps(
                BrokerProperties.of(config, listeners.brokerAddress(), listeners.controllerAddress()), false);
        DataDirectory.Origin origin = directory.formatIfNew(kafkaConfig.metadataLogDir(), BrokerProperties.NODE_ID);
        BrokerThreads threads = new BrokerThreads("embedded-kafka-" + listeners.brokerAddress());
        BrokerNode node = new BrokerNode(kafkaConfig, listeners, threads);
        try {
            threads.run("start", START_LIMIT, () -> node.start(origin));
        } catch (Exception e) {
            threads.run("stop", STOP_LIMIT, node::stop);
            throw e;
        }
        return new EmbeddedKafka(directory, listeners, threads, node, listeners.brokerAddress());
    }
}
