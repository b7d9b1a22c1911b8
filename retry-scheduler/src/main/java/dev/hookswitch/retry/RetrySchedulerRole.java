package dev.hookswitch.retry;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.retry.health.EndpointHealthStreams;
import dev.hookswitch.retry.health.HealthSettings;
import dev.hookswitch.retry.tier.TierSchedulers;
import dev.hookswitch.retry.tier.TierSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Releases due retries, and disables endpoints that keep failing. */
public final class RetrySchedulerRole implements Service {
    private final KafkaProperties kafka;
    private final TopicLayout topics;
    private final TierSchedulers tiers;
    private final EndpointHealthStreams endpointHealth;

    private RetrySchedulerRole(
            KafkaProperties kafka, TopicLayout topics, TierSchedulers tiers, EndpointHealthStreams endpointHealth) {
        this.kafka = kafka;
        this.topics = topics;
        this.tiers = tiers;
        this.endpointHealth = endpointHealth;
    }

    /**
     * Builds the role.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every wrong setting
     */
    public static Service create(Settings settings, MeterRegistry metrics) {
        TopicLayout topics = TopicLayout.of(settings);
        SettingsReader reader = settings.reader();
        HealthSettings forHealth = HealthSettings.read(reader);
        TierSettings forTiers = TierSettings.read(reader);
        reader.done();
        KafkaProperties kafka = new KafkaProperties(settings);
        return new RetrySchedulerRole(
                kafka,
                topics,
                new TierSchedulers(forTiers, topics, kafka, InstantSource.system(), metrics),
                new EndpointHealthStreams(forHealth, topics, kafka, metrics));
    }

    @Override
    public String name() {
        return "retry-scheduler";
    }

    /**
     * Starts both parts; {@link #health} tells when they work.
     *
     * @throws IllegalStateException naming the brokers when no client can be made for them, such as when no name
     *     resolves; or every topic that is missing or not as declared
     */
    @Override
    public void start() {
        try (Admin admin = admin()) {
            TopicCheck.require(admin, topicSpecs());
        }
        endpointHealth.start();
        tiers.start();
    }

    private Admin admin() {
        Map<String, Object> properties = kafka.admin();
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            // Kafka's own message says only that there is no client; its cause says why.
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "no Kafka client for kafka.bootstrap.servers=" + properties.get("bootstrap.servers") + ": "
                            + why.getMessage(),
                    e);
        }
    }

    private List<TopicSpec> topicSpecs() {
        Set<String> ours = topics.tiers().stream().map(Tier::topic).collect(Collectors.toCollection(HashSet::new));
        ours.addAll(List.of(
                topics.events(),
                topics.subscriptions(),
                topics.deliveriesDue(),
                topics.deliveryAttempts(),
                topics.endpointStatus(),
                topics.endpointEvents()));
        return topics.specs().stream()
                .filter(spec -> ours.contains(spec.name()))
                .toList();
    }

    /** Down when any part is down, up when all are up. */
    @Override
    public Health health() {
        List<Health> parts = new ArrayList<>(tiers.health());
        parts.add(endpointHealth.health());
        return parts.stream()
                .filter(part -> !part.alive())
                .findFirst()
                .or(() -> parts.stream().filter(part -> !part.ready()).findFirst())
                .orElse(Health.UP);
    }

    @Override
    public void close() {
        tiers.close();
        endpointHealth.close();
    }
}
