package dev.hookswitch.standalone;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.embeddedkafka.EmbeddedKafka;
import dev.hookswitch.embeddedkafka.EmbeddedKafkaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A data folder with its key ring, its running broker and its topics: what the roles need around them. */
public final class Site implements AutoCloseable {
    private static final String KEY_RING = "secrets.key-ring";

    private final EmbeddedKafka broker;
    private final Settings settings;
    private final boolean keyRingIsNew;

    private Site(EmbeddedKafka broker, Settings settings, boolean keyRingIsNew) {
        this.broker = broker;
        this.settings = settings;
        this.keyRingIsNew = keyRingIsNew;
    }

    /** The key ring that a data folder brings when the settings name none. */
    public static Path keyRing(Path data) {
        return data.resolve("key-ring.json");
    }

    /**
     * Starts the broker and makes the topics; a folder used before is taken up where it was left.
     *
     * @param base settings of the operator
     * @param data the folder, created when absent
     * @param kafkaPort of the broker on 127.0.0.1; 0 takes a free one
     * @throws IllegalStateException when the folder is in use, its key ring is gone, the port is taken or the topics are
     *     not as declared
     */
    public static Site open(Settings base, Path data, int kafkaPort) throws IOException {
        Path log = data.resolve("kafka");
        Path keyRing = base.reader().optionalText(KEY_RING).map(Path::of).orElse(keyRing(data));
        boolean isNew = Files.notExists(keyRing);
        if (isNew && Files.exists(log.resolve("log"))) {
            // A new one would silence every endpoint: none of their secrets would open.
            throw new IllegalStateException("the key ring " + keyRing + " is gone, but the endpoints in " + data
                    + " are sealed with it: put it back, or start with another --data folder");
        }
        KeyRing.readOrCreate(keyRing, new SecureRandom());
        EmbeddedKafka broker = broker(log, kafkaPort);
        try {
            Settings settings = base.with(inside(base, data, keyRing, broker.bootstrapServers()));
            try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
                TopicPlan.of(admin, TopicLayout.of(settings).specs()).apply(admin);
            }
            return new Site(broker, settings, isNew);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Its failures named as an operator knows the two. */
    private static EmbeddedKafka broker(Path folder, int port) {
        try {
            return EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder).withBrokerPort(port));
        } catch (IllegalStateException e) {
            String message = String.valueOf(e.getMessage())
                    .replace("brokerPort ", "standalone.kafka-port ")
                    .replace("dataDirectory ", "--data (standalone.data-folder): ");
            throw new IllegalStateException(message, e);
        }
    }

    private static Map<String, String> inside(Settings base, Path data, Path keyRing, String bootstrapServers) {
        Path state = data.resolve("state");
        Map<String, String> values = new HashMap<>();
        values.put("kafka.bootstrap.servers", bootstrapServers);
        values.put(KEY_RING, keyRing.toString());
        values.put("console.state-folder", state.resolve("console").toString());
        values.put("fanout.state-folder", state.resolve("fanout").toString());
        values.put(
                "retry-scheduler.state-folder", state.resolve("retry-scheduler").toString());
        // The same at every start, whatever the host is called then: an open transaction of the last run ends at once.
        values.put(
                "dispatcher.instance",
                base.reader().optionalText("dispatcher.instance").orElse("standalone"));
        return values;
    }

    /** The operator's settings with what this site decides. */
    public Settings settings() {
        return settings;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Whether this start made the key ring. */
    public boolean keyRingIsNew() {
        return keyRingIsNew;
    }

    /** Stops the broker. */
    @Override
    public void close() {
        broker.close();
    }
}
