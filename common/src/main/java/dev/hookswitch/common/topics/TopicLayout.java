package dev.hookswitch.common.topics;

import dev.hookswitch.common.config.HumanDuration;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names and shape of every topic of a deployment, from its settings. */
public final class TopicLayout {
    private static final String WEBHOOK_ID = "webhook id";
    private static final String ENDPOINT = "tenant/webhook_id";
    /** Partitions of what few changes are written to. */
    private static final int MAX_SMALL = 6;
    /** Room for the largest event and its headers. */
    private static final String MAX_MESSAGE_BYTES = Integer.toString(2 * 1024 * 1024);

    private final String prefix;
    private final int partitions;
    private final int eventsPartitions;
    private final int replicationFactor;
    private final int minInsyncReplicas;
    private final Duration retention;
    private final Duration dueRetention;
    private final Duration auditRetention;
    private final Duration requestsRetention;
    private final List<Tier> tiers;

    private TopicLayout(SettingsReader settings) {
        prefix = settings.text("topics.prefix");
        if (!prefix.matches("[a-z0-9.-]{1,64}")) {
            settings.problem("topics.prefix", "must be lower-case letters, digits, dots and hyphens, was: " + prefix);
        }
        partitions = settings.integer("topics.partitions", 1, 10_000);
        eventsPartitions = settings.integer("topics.events.partitions", 1, 10_000);
        replicationFactor = settings.integer("topics.replication-factor", 1, 15);
        minInsyncReplicas = settings.integer("topics.min-insync-replicas", 1, 15);
        if (minInsyncReplicas > replicationFactor) {
            settings.problem("topics.min-insync-replicas", "must not be above topics.replication-factor");
        }
        retention = settings.duration("topics.retention", Duration.ofMinutes(1), Duration.ofDays(3650));
        dueRetention = settings.duration("topics.due.retention", Duration.ofMinutes(1), Duration.ofDays(3650));
        auditRetention = settings.duration("topics.audit.retention", Duration.ofMinutes(1), Duration.ofDays(36_500));
        requestsRetention =
                settings.duration("topics.api-requests.retention", Duration.ofMinutes(1), Duration.ofDays(30));
        tiers = tiers(settings);
    }

    /** Reads the layout. */
    public static TopicLayout of(Settings settings) {
        SettingsReader reader = settings.reader();
        TopicLayout layout = new TopicLayout(reader);
        reader.done();
        return layout;
    }

    private List<Tier> tiers(SettingsReader settings) {
        List<Tier> read = settings.list("retry.tiers", text -> {
            Duration delay = HumanDuration.parse(text);
            if (delay.isZero() || delay.compareTo(Duration.ofDays(7)) > 0) {
                throw new IllegalArgumentException("must hold delays from 1ms to 7d, was: " + text);
            }
            String name = HumanDuration.format(delay);
            return new Tier(name, delay, prefix + "retry-" + name);
        });
        if (read.isEmpty()) {
            settings.problem("retry.tiers", "must name at least one delay");
        }
        for (int i = 1; i < read.size(); i++) {
            if (read.get(i).delay().compareTo(read.get(i - 1).delay()) <= 0) {
                settings.problem(
                        "retry.tiers",
                        "must be ascending, was: "
                                + read.stream().map(Tier::name).toList());
            }
        }
        return read;
    }

    public String prefix() {
        return prefix;
    }

    /** Partitions of {@code deliveries} and of what is aligned with it. */
    public int partitions() {
        return partitions;
    }

    /** Partitions of {@code events} and {@code events-moved}. */
    public int eventsPartitions() {
        return eventsPartitions;
    }

    public String events() {
        return prefix + "events";
    }

    /** Events that the fan-out has moved to their tenant's partition. */
    public String eventsMoved() {
        return prefix + "events-moved";
    }

    public String subscriptions() {
        return prefix + "subscriptions";
    }

    public String endpointStatus() {
        return prefix + "endpoint-status";
    }

    public String deliveries() {
        return prefix + "deliveries";
    }

    public String deliveriesDue() {
        return prefix + "deliveries-due";
    }

    public String deliveryAttempts() {
        return prefix + "delivery-attempts";
    }

    public String deliveryOutcomes() {
        return prefix + "delivery-outcomes";
    }

    public String endpointEvents() {
        return prefix + "endpoint-events";
    }

    public String recoveries() {
        return prefix + "recoveries";
    }

    public String tenants() {
        return prefix + "tenants";
    }

    public String apiKeys() {
        return prefix + "api-keys";
    }

    public String audit() {
        return prefix + "audit";
    }

    public String apiRequests() {
        return prefix + "api-requests";
    }

    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /** The consumer group of the fan-out, whose committed offsets tell what of {@link #events} it is done with. */
    public String fanoutGroup() {
        return prefix + "fanout";
    }

    /** The delay tiers, ascending. */
    public List<Tier> tiers() {
        return tiers;
    }

    /** The one transactional id under which tenants, API keys and endpoints are changed: one change after the other. */
    public String changeWriter() {
        return prefix + "changes";
    }

    /**
     * How a topic of this layout is declared.
     *
     * @throws java.util.NoSuchElementException when no topic has this name
     */
    public TopicSpec spec(String name) {
        return specs().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** How long {@code events} are kept, among others. */
    public Duration retention() {
        return retention;
    }

    /** How many replicas topics have. */
    public int replicationFactor() {
        return replicationFactor;
    }

    /** How many replicas must have a record before it counts as written. */
    public int minInsyncReplicas() {
        return minInsyncReplicas;
    }

    /** Every topic, declared once. */
    public List<TopicSpec> specs() {
        List<TopicSpec> specs = new ArrayList<>();
        specs.add(
                kept(events(), "domain events as JSON", "any; the tenant by convention", eventsPartitions, retention));
        specs.add(moved());
        specs.add(compacted(subscriptions(), "endpoints as their tenants want them, secrets sealed", ENDPOINT));
        specs.add(compacted(endpointStatus(), "health of endpoints, and which are disabled", ENDPOINT));
        specs.add(kept(deliveries(), "the exact bytes to POST", WEBHOOK_ID, partitions, retention));
        for (Tier tier : tiers) {
            // Kept until copied, however long that takes and however much it is: the scheduler deletes what it has
            // released.
            specs.add(spec(
                    tier.topic(),
                    "deliveries that wait " + tier.name(),
                    WEBHOOK_ID,
                    partitions,
                    Map.of(
                            "cleanup.policy", "delete",
                            "retention.ms", "-1",
                            "retention.bytes", "-1",
                            "message.timestamp.type", "LogAppendTime")));
        }
        specs.add(kept(deliveriesDue(), "deliveries whose time has come", WEBHOOK_ID, partitions, dueRetention));
        specs.add(kept(deliveryAttempts(), "one row per attempt", WEBHOOK_ID, partitions, retention));
        specs.add(kept(deliveryOutcomes(), "one row per ended delivery", WEBHOOK_ID, partitions, retention));
        specs.add(
                kept(endpointEvents(), "what owners of endpoints should be told of", ENDPOINT, partitions, retention));
        specs.add(compacted(recoveries(), "how far recoveries have come", "recovery id"));
        specs.add(compacted(tenants(), "whom API keys speak for", "tenant"));
        specs.add(compacted(apiKeys(), "API keys, each as its MAC", "key id"));
        specs.add(kept(audit(), "who changed what", "tenant", Math.min(partitions, MAX_SMALL), auditRetention));
        specs.add(kept(
                apiRequests(),
                "requests that made a change, to be answered again",
                "tenant/request key",
                Math.min(partitions, MAX_SMALL),
                requestsRetention));
        specs.add(kept(deadLetters(), "refused records as they came", "as it came", eventsPartitions, retention));
        return List.copyOf(specs);
    }

    private TopicSpec moved() {
        // As long as events: both wait for a fan-out that is down. Stamped by the brokers, because an old event, whose
        // stamp is old, must not be deleted before it is read.
        return spec(
                eventsMoved(),
                "events that came in another partition than their tenant's",
                "tenant",
                eventsPartitions,
                Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(retention.toMillis()),
                        "message.timestamp.type", "LogAppendTime"));
    }

    private TopicSpec kept(String name, String purpose, String key, int count, Duration kept) {
        return spec(
                name,
                purpose,
                key,
                count,
                Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(kept.toMillis())));
    }

    private TopicSpec compacted(String name, String purpose, String key) {
        // The brokers' time, because a client that leaves the timestamp out would end the thread that reads the table.
        return spec(
                name,
                purpose,
                key,
                Math.min(partitions, MAX_SMALL),
                Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime"));
    }

    private TopicSpec spec(String name, String purpose, String key, int count, Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.put("max.message.bytes", MAX_MESSAGE_BYTES);
        all.put("min.insync.replicas", Integer.toString(minInsyncReplicas));
        return new TopicSpec(name, purpose, key, count, replicationFactor, all);
    }
}
