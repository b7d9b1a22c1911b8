package dev.hookswitch.common.topics;

import dev.hookswitch.common.topics.TopicPlanReader.Setting;
import dev.hookswitch.common.topics.TopicPlanReader.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares topics as declared with topics as they are: decides, and touches nothing. */
final class TopicChanges {
    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";
    private static final String RETENTION = "retention.ms";
    private static final String RETENTION_BYTES = "retention.bytes";
    private static final String MAX_MESSAGE = "max.message.bytes";
    private static final String UNLIMITED = "-1";

    private TopicChanges() {}

    /** Every difference, ordered by property; a topic that is missing has no state. */
    static List<TopicChange> between(TopicSpec spec, @Nullable TopicState state) {
        if (state == null) {
            return List.of(new TopicChange.Create(spec));
        }
        List<TopicChange> changes = new ArrayList<>();
        if (state.partitions() != spec.partitions()) {
            changes.add(new TopicChange.Refused(
                    spec.name(),
                    partitions(spec, state),
                    "another number would send keys to other partitions than their earlier records"));
        }
        if (state.replicationFactor() != spec.replicationFactor()) {
            changes.add(new TopicChange.Note(
                    spec.name(),
                    "has " + state.replicationFactor() + " replicas, declared are " + spec.replicationFactor()
                            + "; move them with kafka-reassign-partitions"));
        }
        new TreeMap<>(spec.config()).forEach((key, declared) -> {
            Setting now = state.config().get(key);
            if (now == null) {
                changes.add(new TopicChange.AddConfig(spec.name(), key, "(unknown)", declared));
            } else if (!same(key, now.value(), declared)) {
                changes.add(change(spec, state, key, now));
            }
        });
        return changes;
    }

    /** What keeps a role from working on the topic; empty when nothing does. */
    static List<String> breaking(TopicSpec spec, @Nullable TopicState state) {
        if (state == null) {
            return List.of(spec.name() + " is missing");
        }
        List<String> problems = new ArrayList<>();
        if (state.partitions() != spec.partitions()) {
            problems.add(spec.name() + " " + partitions(spec, state));
        }
        for (Map.Entry<String, String> declared : new TreeMap<>(spec.config()).entrySet()) {
            Setting now = state.config().get(declared.getKey());
            if (now != null && breaks(declared.getKey(), now.value(), declared.getValue())) {
                problems.add(spec.name() + " " + property(declared.getKey(), now.value(), declared.getValue()));
            }
        }
        return problems;
    }

    private static boolean breaks(String key, String now, String declared) {
        if (same(key, now, declared)) {
            return false;
        }
        return switch (key) {
            case CLEANUP_POLICY, TIMESTAMP_TYPE -> true;
            // Kept until copied: a limit loses what waits while its reader is down.
            case RETENTION, RETENTION_BYTES -> declared.equals(UNLIMITED);
            // A record that the broker refuses as too large is refused at every try.
            case MAX_MESSAGE -> Long.parseLong(now) < Long.parseLong(declared);
            default -> false;
        };
    }

    private static TopicChange change(TopicSpec spec, TopicState state, String key, Setting now) {
        String declared = spec.config().getOrDefault(key, "");
        String what = property(key, now.value(), declared);
        if (key.equals(MAX_MESSAGE) && Long.parseLong(now.value()) > Long.parseLong(declared)) {
            return new TopicChange.Note(spec.name(), what + "; what it takes today stays welcome");
        }
        String why = refusal(state, key, now.value(), declared);
        if (why != null) {
            return new TopicChange.Refused(spec.name(), what, why);
        }
        return now.own()
                ? new TopicChange.AlterConfig(spec.name(), key, now.value(), declared)
                : new TopicChange.AddConfig(spec.name(), key, now.value(), declared);
    }

    private static @Nullable String refusal(TopicState state, String key, String now, String declared) {
        return switch (key) {
            case CLEANUP_POLICY -> "the other policy would delete records that are kept now";
            case RETENTION, RETENTION_BYTES ->
                shorter(now, declared)
                        ? "records that are kept now would be deleted; if that is meant, set it with kafka-configs"
                        : null;
            // To LogAppendTime is harmless: what lies there keeps its stamps, and what comes is in order.
            case TIMESTAMP_TYPE ->
                declared.equals("LogAppendTime") ? null : "records would no longer be in the order of their times";
            case "min.insync.replicas" ->
                Integer.parseInt(declared) > state.replicationFactor()
                        ? "with " + state.replicationFactor() + " replicas nothing could be written any more"
                        : null;
            default -> null;
        };
    }

    private static boolean shorter(String now, String declared) {
        if (declared.equals(UNLIMITED)) {
            return false;
        }
        return now.equals(UNLIMITED) || Long.parseLong(declared) < Long.parseLong(now);
    }

    private static boolean same(String key, String now, String declared) {
        return key.equals(CLEANUP_POLICY)
                ? Set.of(now.split(",")).equals(Set.of(declared.split(",")))
                : now.equals(declared);
    }

    private static String partitions(TopicSpec spec, TopicState state) {
        return "has " + state.partitions() + " partitions, declared are " + spec.partitions();
    }

    private static String property(String key, String now, String declared) {
        return "has " + key + "=" + now + ", declared is " + declared;
    }
}
