package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.load.Bodies;
import dev.hookswitch.benchmarks.load.Deliveries;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.common.topics.TopicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Topics of their own for one contender, filled; deleted at the end. */
final class FilledTopics implements AutoCloseable {
    private static final long BODY_SEED = 1;

    private final Map<String, String> settings;
    private final TopicLayout topics;
    private final long backlog;

    private FilledTopics(Map<String, String> settings, TopicLayout topics, long backlog) {
        this.settings = settings;
        this.topics = topics;
        this.backlog = backlog;
    }

    /** Creates and fills them. */
    static FilledTopics create(Options options, Stage stage, Scenario scenario, Targets targets, long backlog)
            throws IOException {
        Path keyRing = stage.folder().resolve("key-ring.json");
        SecureRandom random = new SecureRandom();
        SecretSealer sealer = new SecretSealer(KeyRing.readOrCreate(keyRing, random), random);
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", stage.bootstrapServers());
        settings.put("topics.prefix", "bench-" + Long.toString(System.nanoTime(), 36) + ".");
        settings.put("topics.partitions", Integer.toString(options.partitions()));
        settings.put("secrets.key-ring", keyRing.toString());
        settings.put("egress.allow-http", "true");
        settings.put("egress.allow-cidrs", "127.0.0.0/8");
        settings.put("dispatcher.instance", "bench");
        settings.put("dispatcher.lanes", Integer.toString(options.lanes()));
        settings.put("dispatcher.io-threads", Integer.toString(options.ioThreads()));
        settings.put("dispatcher.max-in-flight", Integer.toString(scenario.maxInFlight()));
        settings.put("dispatcher.max-in-flight-per-endpoint", Integer.toString(options.perEndpoint()));
        TopicLayout topics = TopicLayout.of(Settings.of(settings));
        FilledTopics filled = new FilledTopics(Map.copyOf(settings), topics, backlog);
        try (Admin admin = Admin.create(filled.admin())) {
            TopicPlan.of(admin, topics.specs()).apply(admin);
        }
        try (Deliveries deliveries = new Deliveries(stage.bootstrapServers(), topics, targets)) {
            deliveries.subscribe(sealer, Secret.generate(random));
            deliveries.fill(backlog, new Bodies(options.bodyBytes(), BODY_SEED));
        }
        return filled;
    }

    private Map<String, Object> admin() {
        return Map.of("bootstrap.servers", settings.getOrDefault("kafka.bootstrap.servers", ""));
    }

    /** Hookswitch settings, those of the dispatcher included. */
    Map<String, String> settings() {
        return settings;
    }

    TopicLayout topics() {
        return topics;
    }

    /** How many deliveries there were at the beginning. */
    long backlog() {
        return backlog;
    }

    @Override
    public void close() {
        List<String> names = topics.specs().stream().map(TopicSpec::name).toList();
        try (Admin admin = Admin.create(admin())) {
            admin.deleteTopics(names).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            System.err.println("topics of a round were not deleted: " + e.getCause());
        }
    }
}
