package dev.hookswitch.benchmarks.rig;

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
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Topics of a deployment of their own, and its settings; deleted at the end. */
public final class BenchTopics implements AutoCloseable {
    private static final long BODY_SEED = 1;

    private final String bootstrapServers;
    private final Map<String, String> settings;
    private final TopicLayout topics;
    private final SecretSealer sealer;
    private final SecureRandom random;

    private BenchTopics(
            String bootstrapServers, Map<String, String> settings, SecretSealer sealer, SecureRandom random) {
        this.bootstrapServers = bootstrapServers;
        this.settings = Map.copyOf(settings);
        this.topics = TopicLayout.of(Settings.of(settings));
        this.sealer = sealer;
        this.random = random;
    }

    /**
     * Creates them.
     *
     * @param own Hookswitch settings beside those of a benchmark: broker, topics, key ring, loopback allowed
     */
    public static BenchTopics create(Rig rig, int partitions, Map<String, String> own) throws IOException {
        Path keyRing = rig.folder().resolve("key-ring.json");
        SecureRandom random = new SecureRandom();
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", rig.bootstrapServers());
        settings.put("topics.prefix", "bench-" + Long.toString(System.nanoTime(), 36) + ".");
        settings.put("topics.partitions", Integer.toString(partitions));
        settings.put("secrets.key-ring", keyRing.toString());
        settings.put("egress.allow-http", "true");
        settings.put("egress.allow-cidrs", "127.0.0.0/8");
        settings.put("dispatcher.instance", "bench");
        settings.putAll(own);
        SecretSealer sealer = new SecretSealer(KeyRing.readOrCreate(keyRing, random), random);
        BenchTopics created = new BenchTopics(rig.bootstrapServers(), settings, sealer, random);
        try (Admin admin = Admin.create(created.admin())) {
            TopicPlan.of(admin, created.topics.specs()).apply(admin);
        }
        return created;
    }

    /** Subscribes every endpoint. */
    public void subscribe(Targets targets) {
        try (Deliveries deliveries = new Deliveries(bootstrapServers, topics, targets)) {
            deliveries.subscribe(sealer, Secret.generate(random));
        }
    }

    /**
     * Writes deliveries, each to the next endpoint in turn.
     *
     * @param from number of the first: how many were written before
     */
    public void fill(Targets targets, long from, long count, int bodyBytes) {
        try (Deliveries deliveries = new Deliveries(bootstrapServers, topics, targets)) {
            deliveries.fill(from, count, new Bodies(bodyBytes, BODY_SEED));
        }
    }

    /** Hookswitch settings for the roles. */
    public Map<String, String> settings() {
        return settings;
    }

    public TopicLayout topics() {
        return topics;
    }

    private Map<String, Object> admin() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    @Override
    public void close() {
        List<String> names = topics.specs().stream().map(TopicSpec::name).toList();
        try (Admin admin = Admin.create(admin())) {
            admin.deleteTopics(names).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            System.err.println("topics were not deleted: " + e.getCause());
        }
    }
}
