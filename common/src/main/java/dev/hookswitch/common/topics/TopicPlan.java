package dev.hookswitch.common.topics;

import dev.hookswitch.common.topics.TopicPlanReader.TopicState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What must be done so that the topics are as declared. */
public final class TopicPlan {
    private static final Duration APPLY_LIMIT = Duration.ofSeconds(30);
    private static final long RETRY_NANOS = Duration.ofMillis(20).toNanos();
    private static final int APPLY_LIMIT_MS = (int) APPLY_LIMIT.toMillis();

    private final List<TopicChange> changes;

    private TopicPlan(List<TopicChange> changes) {
        this.changes = List.copyOf(changes);
    }

    /**
     * Compares the topics with their declaration.
     *
     * @throws IllegalStateException when Kafka refuses, or does not answer within about ten seconds
     */
    public static TopicPlan of(Admin admin, List<TopicSpec> specs) {
        Map<String, TopicState> states = TopicPlanReader.read(admin, specs);
        return new TopicPlan(specs.stream()
                .flatMap(spec -> TopicChanges.between(spec, states.get(spec.name())).stream())
                .toList());
    }

    /** Every difference, in the order of the declaration. */
    public List<TopicChange> changes() {
        return changes;
    }

    /** The differences that {@link #apply} does not mend. */
    public List<TopicChange.Refused> refusals() {
        return all(TopicChange.Refused.class);
    }

    /**
     * Creates what is missing and sets what may be set, and returns when every partition of the new topics can be
     * written: records produced earlier may be lost (KAFKA-15591).
     *
     * @throws IllegalStateException naming every refusal, with nothing done; or when Kafka refuses or does not answer
     */
    public void apply(Admin admin) {
        List<TopicChange.Refused> refusals = refusals();
        if (!refusals.isEmpty()) {
            throw new IllegalStateException("nothing was changed:"
                    + refusals.stream()
                            .map(refused -> "\n  " + refused.describe())
                            .collect(Collectors.joining()));
        }
        List<TopicSpec> missing = all(TopicChange.Create.class).stream()
                .map(TopicChange.Create::spec)
                .toList();
        if (!missing.isEmpty()) {
            create(admin, missing);
            awaitLeaders(admin, missing);
        }
        Map<ConfigResource, Collection<AlterConfigOp>> settings = settings();
        if (!settings.isEmpty()) {
            TopicPlanReader.get(
                    admin.incrementalAlterConfigs(settings, new AlterConfigsOptions().timeoutMs(APPLY_LIMIT_MS))
                            .all(),
                    APPLY_LIMIT);
        }
    }

    private static void create(Admin admin, List<TopicSpec> missing) {
        List<NewTopic> topics = missing.stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) spec.replicationFactor())
                        .configs(spec.config()))
                .toList();
        admin.createTopics(topics, new CreateTopicsOptions().timeoutMs(APPLY_LIMIT_MS))
                .values()
                .forEach(TopicPlan::awaitCreated);
    }

    private static void awaitCreated(String name, KafkaFuture<Void> created) {
        try {
            TopicPlanReader.get(created, APPLY_LIMIT);
        } catch (IllegalStateException e) {
            // Another process that applies the same declaration was faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(name + " was not created: " + e.getMessage(), e);
            }
        }
    }

    private static void awaitLeaders(Admin admin, List<TopicSpec> created) {
        long deadlineNanos = System.nanoTime() + APPLY_LIMIT.toNanos();
        List<String> names = created.stream().map(TopicSpec::name).toList();
        // Offsets are asked for once the topics are known: the client reports an unknown one as an error in its log.
        while (TopicPlanReader.describe(admin, names).size() < names.size() || !offsetsAnswer(admin, created)) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException("topics were created, but cannot be written after "
                        + APPLY_LIMIT.toSeconds() + " s: " + String.join(", ", names));
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** Whether every partition has a leader that answers; a broker may not have heard of a new topic yet. */
    private static boolean offsetsAnswer(Admin admin, List<TopicSpec> topics) {
        Map<TopicPartition, OffsetSpec> ends = topics.stream()
                .flatMap(TopicPlan::partitions)
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            TopicPlanReader.get(
                    admin.listOffsets(ends, new ListOffsetsOptions().timeoutMs(APPLY_LIMIT_MS))
                            .all(),
                    APPLY_LIMIT);
            return true;
        } catch (UnknownTopicOrPartitionException e) {
            return false;
        }
    }

    private static Stream<TopicPartition> partitions(TopicSpec spec) {
        return IntStream.range(0, spec.partitions()).mapToObj(index -> new TopicPartition(spec.name(), index));
    }

    private Map<ConfigResource, Collection<AlterConfigOp>> settings() {
        Map<ConfigResource, Collection<AlterConfigOp>> settings = new HashMap<>();
        all(TopicChange.AddConfig.class).forEach(add -> set(settings, add.topic(), add.key(), add.to()));
        all(TopicChange.AlterConfig.class).forEach(alter -> set(settings, alter.topic(), alter.key(), alter.to()));
        return settings;
    }

    private static void set(
            Map<ConfigResource, Collection<AlterConfigOp>> settings, String topic, String key, String value) {
        settings.computeIfAbsent(new ConfigResource(ConfigResource.Type.TOPIC, topic), resource -> new ArrayList<>())
                .add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
    }

    private <T extends TopicChange> List<T> all(Class<T> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
