package dev.hookswitch.embeddedkafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Controller and broker of one node: what {@link KafkaRaftServer} puts together, but with sockets that are bound
 * already and with faults that are reported instead of ending the process.
 */
final class BrokerNode {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerNode.class);
    private static final Duration CONTROLLED_SHUTDOWN = Duration.ofSeconds(5);

    private final ControllerServer controller;
    private final BrokerServer broker;

    BrokerNode(KafkaConfig config, ServerSocketFactory sockets, BrokerThreads threads) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> storage = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        String clusterId = storage._1().clusterId().orElseThrow();
        SharedServer shared = new SharedServer(
                config,
                storage._1(),
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                faultsReportedTo(threads),
                sockets);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), storage._2());
        this.broker = new BrokerServer(shared);
    }

    /** The controller first: the broker registers with it. Returns when the broker takes requests. */
    void start(DataDirectory.Origin origin) throws InterruptedException {
        controller.startup();
        if (origin == DataDirectory.Origin.CRASHED) {
            new CrashedBroker(controller.controller()).forget();
        }
        broker.startup();
    }

    /** The broker first, so that it can tell the controller; harmless after a start that failed half-way. */
    void stop() {
        broker.shutdown(CONTROLLED_SHUTDOWN);
        controller.shutdown();
    }

    private static FaultHandlerFactory faultsReportedTo(BrokerThreads threads) {
        return (name, fatal, action) -> {
            LoggingFaultHandler logging = new LoggingFaultHandler(name, action);
            if (!fatal) {
                return logging;
            }
            return (message, cause) -> {
                RuntimeException fault = logging.handleFault(message, cause);
                threads.fail(fault);
                return fault;
            };
        };
    }
}
