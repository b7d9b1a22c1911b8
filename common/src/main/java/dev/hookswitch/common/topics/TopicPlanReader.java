package dev.hookswitch.common.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads how topics are. */
final class TopicPlanReader {
    static final Duration READ_LIMIT = Duration.ofSeconds(10);
    /** The client ends a call at its limit; the waiting ends a little later in any case. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private TopicPlanReader() {}

    /**
     * A topic as it is.
     *
     * @param partitions how many
     * @param replicationFactor the fewest replicas that a partition has
     * @param config the properties in force, by Kafka's names
     */
    record TopicState(int partitions, int replicationFactor, Map<String, Setting> config) {
        TopicState {
            config = Map.copyOf(config);
        }
    }

    /**
     * A property in force.
     *
     * @param value what it is
     * @param own whether the topic sets it itself; otherwise it comes from the broker
     */
    record Setting(String value, boolean own) {}

    /** The topics that exist, by name. */
    static Map<String, TopicState> read(Admin admin, List<TopicSpec> specs) {
        Map<String, TopicDescription> descriptions =
                describe(admin, specs.stream().map(TopicSpec::name).toList());
        Map<String, Map<String, Setting>> configs = configs(admin, descriptions.keySet());
        Map<String, TopicState> states = new HashMap<>();
        descriptions.forEach((name, topic) -> states.put(
                name,
                new TopicState(
                        topic.partitions().size(), replicationFactor(topic), configs.getOrDefault(name, Map.of()))));
        return states;
    }

    private static int replicationFactor(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    /** The topics of these names that exist. */
    static Map<String, TopicDescription> describe(Admin admin, Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names, new DescribeTopicsOptions().timeoutMs((int) READ_LIMIT.toMillis()))
                .topicNameValues()
                .forEach((name, future) -> {
                    try {
                        found.put(name, get(future, READ_LIMIT));
                    } catch (UnknownTopicOrPartitionException e) {
                        // Missing: that is an answer.
                    }
                });
        return found;
    }

    private static Map<String, Map<String, Setting>> configs(Admin admin, Collection<String> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, Setting>> configs = new HashMap<>();
        get(
                        admin.describeConfigs(
                                        resources, new DescribeConfigsOptions().timeoutMs((int) READ_LIMIT.toMillis()))
                                .all(),
                        READ_LIMIT)
                .forEach((resource, config) -> configs.put(resource.name(), settings(config)));
        return configs;
    }

    private static Map<String, Setting> settings(Config config) {
        Map<String, Setting> settings = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                boolean own = entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
                settings.put(entry.name(), new Setting(entry.value(), own));
            }
        }
        return settings;
    }

    /**
     * Waits for Kafka's answer.
     *
     * @throws UnknownTopicOrPartitionException when that is the answer
     * @throws IllegalStateException when Kafka refuses, or does not answer in time
     */
    static <T> T get(KafkaFuture<T> future, Duration limit) {
        try {
            return future.get(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka", e);
        } catch (TimeoutException e) {
            throw unanswered(limit, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unanswered(limit, cause);
            }
            throw new IllegalStateException("Kafka refused: " + (cause == null ? e : cause).getMessage(), cause);
        }
    }

    private static IllegalStateException unanswered(Duration limit, Throwable cause) {
        return new IllegalStateException("Kafka did not answer within " + limit.toSeconds() + " s", cause);
    }
}
