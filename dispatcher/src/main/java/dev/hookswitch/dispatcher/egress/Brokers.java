package dev.hookswitch.dispatcher.egress;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.utils.Utils;

/** The Kafka brokers: those that the settings name, and those that the cluster has at the moment. */
public final class Brokers implements Callable<Set<OwnService>>, AutoCloseable {
    private static final int LIMIT_MS = 10_000;

    private final Set<OwnService> bootstrap;
    private final Admin admin;

    /**
     * Takes the admin client over.
     *
     * @param bootstrapServers lists as the Kafka clients take them
     */
    public Brokers(Collection<String> bootstrapServers, Admin admin) {
        this.bootstrap = bootstrap(bootstrapServers);
        this.admin = admin;
    }

    private static Set<OwnService> bootstrap(Collection<String> lists) {
        Set<OwnService> services = new HashSet<>();
        for (String list : lists) {
            for (String server : list.split(",", -1)) {
                String host = Utils.getHost(server.trim());
                Integer port = Utils.getPort(server.trim());
                // What cannot be read is the Kafka clients' to refuse.
                if (host != null && port != null) {
                    services.add(new OwnService(host, port));
                }
            }
        }
        return services;
    }

    /** Asks the cluster; blocks for 10 s at the most. */
    @Override
    public Set<OwnService> call() throws Exception {
        Set<OwnService> services = new HashSet<>(bootstrap);
        Collection<Node> nodes = admin.describeCluster(new DescribeClusterOptions().timeoutMs(LIMIT_MS))
                .nodes()
                .get(LIMIT_MS, TimeUnit.MILLISECONDS);
        nodes.forEach(node -> services.add(new OwnService(node.host(), node.port())));
        return services;
    }

    @Override
    public void close() {
        admin.close();
    }
}
