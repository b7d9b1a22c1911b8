package dev.hookswitch.common.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicLayoutTest {
    private static final TopicLayout LAYOUT =
            layout(Map.of("topics.partitions", "12", "topics.events.partitions", "3"));

    private static TopicLayout layout(Map<String, String> settings) {
        return TopicLayout.of(Settings.of(settings));
    }

    @Test
    void declaresEveryTopicOnce() {
        assertThat(LAYOUT.specs())
                .extracting(TopicSpec::name)
                .containsExactlyInAnyOrder(
                        "hookswitch.events",
                        "hookswitch.events-moved",
                        "hookswitch.subscriptions",
                        "hookswitch.endpoint-status",
                        "hookswitch.deliveries",
                        "hookswitch.retry-1s",
                        "hookswitch.retry-5s",
                        "hookswitch.retry-30s",
                        "hookswitch.retry-2m",
                        "hookswitch.retry-10m",
                        "hookswitch.deliveries-due",
                        "hookswitch.delivery-attempts",
                        "hookswitch.delivery-outcomes",
                        "hookswitch.endpoint-events",
                        "hookswitch.recoveries",
                        "hookswitch.tenants",
                        "hookswitch.api-keys",
                        "hookswitch.api-requests",
                        "hookswitch.audit",
                        "hookswitch.dead-letters");
        assertThat(List.of(
                        LAYOUT.events(),
                        LAYOUT.eventsMoved(),
                        LAYOUT.subscriptions(),
                        LAYOUT.endpointStatus(),
                        LAYOUT.deliveries(),
                        LAYOUT.deliveriesDue(),
                        LAYOUT.deliveryAttempts(),
                        LAYOUT.deliveryOutcomes(),
                        LAYOUT.endpointEvents(),
                        LAYOUT.recoveries(),
                        LAYOUT.tenants(),
                        LAYOUT.apiKeys(),
                        LAYOUT.audit(),
                        LAYOUT.deadLetters()))
                .doesNotHaveDuplicates()
                .isSubsetOf(LAYOUT.specs().stream().map(TopicSpec::name).toList());
    }

    @Test
    void aDeliveryKeepsItsPartitionThroughEveryTopicOfItsWay() {
        assertThat(LAYOUT.specs().stream().filter(spec -> spec.key().equals("webhook id")))
                .hasSize(9)
                .allSatisfy(
                        spec -> assertThat(spec.partitions()).as(spec.name()).isEqualTo(12));
        assertThat(spec(LAYOUT.events()).partitions()).isEqualTo(3);
        assertThat(spec(LAYOUT.deadLetters()).partitions()).isEqualTo(3);
        assertThat(spec(LAYOUT.eventsMoved()).partitions()).isEqualTo(3);
    }

    @Test
    void tiersAreStampedByTheBrokerAndKeptUntilCopied() {
        assertThat(LAYOUT.tiers())
                .hasSize(5)
                .allSatisfy(tier -> assertThat(spec(tier.topic()).config())
                        .containsEntry("message.timestamp.type", "LogAppendTime")
                        .containsEntry("retention.ms", "-1")
                        .containsEntry("retention.bytes", "-1")
                        .containsEntry("cleanup.policy", "delete"));
        assertThat(LAYOUT.specs().stream().filter(spec -> spec.config().containsKey("message.timestamp.type")))
                .as("the tiers, the tables and moved events")
                .hasSize(11);
    }

    @Test
    void theTablesAreCompactedAndNothingElse() {
        assertThat(LAYOUT.specs().stream()
                        .filter(spec -> "compact".equals(spec.config().get("cleanup.policy")))
                        .map(TopicSpec::name))
                .containsExactlyInAnyOrder(
                        "hookswitch.subscriptions",
                        "hookswitch.endpoint-status",
                        "hookswitch.recoveries",
                        "hookswitch.tenants",
                        "hookswitch.api-keys");
        assertThat(spec(LAYOUT.subscriptions()).key()).isEqualTo("tenant/webhook_id");
        assertThat(spec(LAYOUT.recoveries()).key()).isEqualTo("recovery id");
    }

    @Test
    void theOthersAreKeptAsLongAsTheSettingsSay() {
        TopicLayout layout = layout(Map.of("topics.retention", "2d", "topics.due.retention", "1h"));
        assertThat(layout.specs().stream()
                        .filter(spec -> "172800000".equals(spec.config().get("retention.ms")))
                        .map(TopicSpec::name))
                .containsExactlyInAnyOrder(
                        "hookswitch.events",
                        "hookswitch.events-moved",
                        "hookswitch.deliveries",
                        "hookswitch.delivery-attempts",
                        "hookswitch.delivery-outcomes",
                        "hookswitch.endpoint-events",
                        "hookswitch.dead-letters");
        assertThat(spec(layout, layout.deliveriesDue()).config()).containsEntry("retention.ms", "3600000");
        assertThat(spec(layout, layout.audit()).config()).containsEntry("retention.ms", "31536000000");
    }

    @Test
    void replicationIsThatOfTheSettings() {
        TopicLayout layout = layout(Map.of("topics.replication-factor", "3", "topics.min-insync-replicas", "2"));
        assertThat(layout.specs()).allSatisfy(spec -> {
            assertThat(spec.replicationFactor()).isEqualTo(3);
            assertThat(spec.config()).containsEntry("min.insync.replicas", "2");
        });
    }

    @Test
    void everyTopicHasRoomForTheLargestEventAndItsHeaders() {
        assertThat(LAYOUT.specs())
                .allSatisfy(spec -> assertThat(Integer.parseInt(spec.config().getOrDefault("max.message.bytes", "0")))
                        .isGreaterThan(1_048_576 + 65_536));
    }

    @Test
    void theTablesStaySmallHoweverManyPartitionsDeliveriesHas() {
        assertThat(spec(LAYOUT.subscriptions()).partitions()).isEqualTo(6);
        TopicLayout small = layout(Map.of("topics.partitions", "2"));
        assertThat(spec(small, small.endpointStatus()).partitions()).isEqualTo(2);
    }

    @Test
    void thePrefixStandsInFrontOfAll() {
        TopicLayout layout = layout(Map.of("topics.prefix", "eu-1.hooks."));
        assertThat(layout.specs()).allSatisfy(spec -> assertThat(spec.name()).startsWith("eu-1.hooks."));
        assertThat(layout.deliveries()).isEqualTo("eu-1.hooks.deliveries");
    }

    @Test
    void aTierIsNamedByItsDelayInTheShortestForm() {
        assertThat(layout(Map.of("retry.tiers", "250ms, 1000ms, 60s")).tiers())
                .containsExactly(
                        new Tier("250ms", Duration.ofMillis(250), "hookswitch.retry-250ms"),
                        new Tier("1s", Duration.ofSeconds(1), "hookswitch.retry-1s"),
                        new Tier("1m", Duration.ofMinutes(1), "hookswitch.retry-1m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5s,1s", "1s,1s", "1s,1000ms", "1s,5s,2s,10s"})
    void tiersOutOfOrderAreRefused(String tiers) {
        assertThatThrownBy(() -> layout(Map.of("retry.tiers", tiers)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("1 problem\n")
                .hasMessageContaining("retry.tiers must be ascending, was: [");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry.tiers                | ''       | retry.tiers must name at least one delay",
                "retry.tiers                | ','      | retry.tiers must name at least one delay",
                "retry.tiers                | 1s,soon  | retry.tiers must be a number and ms, s, m, h or d",
                "retry.tiers                | 0s,1s    | retry.tiers must hold delays from 1ms to 7d, was: 0s",
                "retry.tiers                | 1s,8d    | retry.tiers must hold delays from 1ms to 7d, was: 8d",
                "topics.prefix              | ''       | topics.prefix must not be empty",
                "topics.prefix              | Upper.   | topics.prefix must be lower-case letters",
                "topics.prefix              | a_b.     | topics.prefix must be lower-case letters",
                "topics.partitions          | 0        | topics.partitions must be a whole number from 1",
                "topics.min-insync-replicas | 2        | topics.min-insync-replicas must not be above topics.replication",
            })
    void namesTheSettingThatIsWrong(String key, String value, String problem) {
        assertThatThrownBy(() -> layout(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThatThrownBy(() -> layout(Map.of("topics.partitions", "x", "topics.retention", "y", "retry.tiers", "z")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("topics.partitions must")
                .hasMessageContaining("topics.retention must")
                .hasMessageContaining("retry.tiers must");
    }

    private static TopicSpec spec(String name) {
        return spec(LAYOUT, name);
    }

    private static TopicSpec spec(TopicLayout layout, String name) {
        return layout.specs().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
