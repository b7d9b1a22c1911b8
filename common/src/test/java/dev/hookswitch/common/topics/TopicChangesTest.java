package dev.hookswitch.common.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.topics.TopicPlanReader.Setting;
import dev.hookswitch.common.topics.TopicPlanReader.TopicState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicChangesTest {
    private static final String TOPIC = "t.topic";

    @Test
    void aMissingTopicIsCreated() {
        TopicSpec spec = spec(Map.of());

        assertThat(TopicChanges.between(spec, null)).containsExactly(new TopicChange.Create(spec));
    }

    @Test
    void aTopicAsDeclaredNeedsNothing() {
        TopicSpec spec = spec(Map.of("cleanup.policy", "delete", "retention.ms", "1000"));

        assertThat(TopicChanges.between(spec, state(spec.config()))).isEmpty();
        assertThat(TopicChanges.breaking(spec, state(spec.config()))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2} is {3}")
    @CsvSource({
        "retention.ms,          1000,          2000,          AlterConfig",
        "retention.ms,          1000,          -1,            AlterConfig",
        "retention.ms,          2000,          1000,          Refused",
        "retention.ms,          -1,            1000,          Refused",
        "retention.bytes,       -1,            1000,          Refused",
        "cleanup.policy,        delete,        compact,       Refused",
        "cleanup.policy,        compact,       delete,        Refused",
        "cleanup.policy,        'compact,delete', compact,    Refused",
        "message.timestamp.type, CreateTime,   LogAppendTime, AlterConfig",
        "message.timestamp.type, LogAppendTime, CreateTime,   Refused",
        "max.message.bytes,     1000,          2000,          AlterConfig",
        "max.message.bytes,     2000,          1000,          Note",
        "min.insync.replicas,   1,             2,             AlterConfig",
        "min.insync.replicas,   1,             3,             Refused",
        "min.insync.replicas,   2,             1,             AlterConfig",
    })
    void decidesEachDriftOfAProperty(String key, String now, String declared, String expected) {
        List<TopicChange> changes = TopicChanges.between(spec(Map.of(key, declared)), state(Map.of(key, now)));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.getClass().getSimpleName()).isEqualTo(expected);
            assertThat(change.topic()).isEqualTo(TOPIC);
            assertThat(change.describe()).contains(TOPIC, key, now, declared);
        });
    }

    @Test
    void aPropertyThatComesFromTheBrokerIsAdded() {
        TopicState state = new TopicState(6, 2, Map.of("retention.ms", new Setting("1000", false)));

        assertThat(TopicChanges.between(spec(Map.of("retention.ms", "2000")), state))
                .containsExactly(new TopicChange.AddConfig(TOPIC, "retention.ms", "1000", "2000"));
    }

    @Test
    void aBrokersSmallerLimitOnMessagesIsNamedAndRaised() {
        TopicState state = new TopicState(6, 2, Map.of("max.message.bytes", new Setting("1048588", false)));
        TopicSpec spec = spec(Map.of("max.message.bytes", "2097152"));

        assertThat(TopicChanges.breaking(spec, state))
                .containsExactly(TOPIC + " has max.message.bytes=1048588, declared is 2097152");
        assertThat(TopicChanges.between(spec, state))
                .containsExactly(new TopicChange.AddConfig(TOPIC, "max.message.bytes", "1048588", "2097152"));
    }

    @ParameterizedTest
    @CsvSource({"5", "7"})
    void anotherNumberOfPartitionsIsRefused(int partitions) {
        TopicState state = new TopicState(partitions, 2, Map.of());

        assertThat(TopicChanges.between(spec(Map.of()), state))
                .singleElement()
                .isInstanceOfSatisfying(
                        TopicChange.Refused.class,
                        refused -> assertThat(refused.what())
                                .isEqualTo("has " + partitions + " partitions, declared are 6"));
        assertThat(TopicChanges.breaking(spec(Map.of()), state))
                .containsExactly(TOPIC + " has " + partitions + " partitions, declared are 6");
    }

    @Test
    void anotherReplicationFactorIsOnlyNoted() {
        TopicState state = new TopicState(6, 1, Map.of());

        assertThat(TopicChanges.between(spec(Map.of()), state)).singleElement().isInstanceOf(TopicChange.Note.class);
        assertThat(TopicChanges.breaking(spec(Map.of()), state)).isEmpty();
    }

    @Test
    void theOrderOfPoliciesDoesNotMatter() {
        assertThat(TopicChanges.between(
                        spec(Map.of("cleanup.policy", "compact,delete")),
                        state(Map.of("cleanup.policy", "delete,compact"))))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}, declared {2}: breaks a role: {3}")
    @CsvSource({
        "cleanup.policy,         delete,     compact,       true",
        "message.timestamp.type, CreateTime, LogAppendTime, true",
        "retention.ms,           1000,       -1,            true",
        "retention.ms,           1000,       2000,          false",
        "retention.bytes,        1000,       -1,            true",
        "retention.bytes,        1000,       2000,          false",
        "max.message.bytes,      1000,       2000,          true",
        "max.message.bytes,      2000,       1000,          false",
        "min.insync.replicas,    1,          2,             false",
    })
    void tellsWhatBreaksARole(String key, String now, String declared, boolean breaks) {
        List<String> problems = TopicChanges.breaking(spec(Map.of(key, declared)), state(Map.of(key, now)));

        assertThat(problems)
                .isEqualTo(
                        breaks ? List.of(TOPIC + " has " + key + "=" + now + ", declared is " + declared) : List.of());
    }

    @Test
    void aMissingTopicBreaksARole() {
        assertThat(TopicChanges.breaking(spec(Map.of()), null)).containsExactly(TOPIC + " is missing");
    }

    private static TopicSpec spec(Map<String, String> config) {
        return new TopicSpec(TOPIC, "test", "any", 6, 2, config);
    }

    private static TopicState state(Map<String, String> config) {
        Map<String, Setting> settings = new HashMap<>();
        config.forEach((key, value) -> settings.put(key, new Setting(value, true)));
        return new TopicState(6, 2, settings);
    }
}
