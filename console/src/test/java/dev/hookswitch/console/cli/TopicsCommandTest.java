package dev.hookswitch.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.topics.TopicChange;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Plan and check of the topics against a broker, through the command and under it. */
@ExtendWith(KafkaExtension.class)
class TopicsCommandTest {
    private final Admin admin;
    private final KafkaCluster kafka;
    private final Deployment deployment;
    private final List<TopicSpec> specs;
    private final Map<String, String> environment;

    TopicsCommandTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.admin = kafka.admin();
        this.deployment = Deployment.bare(kafka, folder);
        this.specs = deployment.topics().specs();
        this.environment = EndpointCommandTest.environment(deployment);
    }

    @Test
    void plansAppliesAndThenIsContent() {
        assertThatThrownBy(() -> TopicCheck.require(admin, specs))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(refused ->
                        specs.forEach(spec -> assertThat(refused).hasMessageContaining(spec.name() + " is missing")));

        CommandRun planned = CommandRun.of(environment, "topics", "plan");
        assertThat(planned.status()).isZero();
        assertThat(planned.out().lines())
                .hasSize(specs.size())
                .allSatisfy(line -> assertThat(line).startsWith("create "));
        assertThat(TopicPlan.of(admin, specs).changes())
                .as("a plan changes nothing")
                .hasSize(specs.size());

        CommandRun applied = CommandRun.of(environment, "topics", "apply");
        assertThat(applied.status()).isZero();
        assertThat(applied.out()).contains(specs.size() + " topics are ready");
        specs.forEach(spec -> kafka.send(spec.name(), "acme/wh_1", "first record"));

        assertThatCode(() -> TopicCheck.require(admin, specs)).doesNotThrowAnyException();
        assertThat(CommandRun.of(environment, "topics", "plan").out())
                .isEqualToIgnoringNewLines("all " + specs.size() + " topics are as declared");
        assertThat(CommandRun.of(environment, "topics", "apply").status()).isZero();
    }

    @Test
    void mendsHarmlessDrift() {
        TopicSpec outcomes = spec(deployment.topics().deliveryOutcomes());
        exists(outcomes, outcomes.partitions(), Map.of("max.message.bytes", "1000000"));

        TopicPlan plan = TopicPlan.of(admin, List.of(outcomes));
        assertThat(plan.changes())
                .hasSize(2)
                .contains(new TopicChange.AlterConfig(
                        outcomes.name(), "max.message.bytes", "1000000", declared(outcomes, "max.message.bytes")))
                .anySatisfy(change -> assertThat(change).isInstanceOfSatisfying(TopicChange.AddConfig.class, add -> {
                    assertThat(add.key()).isEqualTo("retention.ms");
                    assertThat(add.to()).isEqualTo(declared(outcomes, "retention.ms"));
                }));
        plan.apply(admin);

        assertThat(TopicPlan.of(admin, List.of(outcomes)).changes()).isEmpty();
    }

    @Test
    void refusesWhatWouldLoseDataAndThenDoesNothing() throws ExecutionException, InterruptedException {
        TopicSpec events = spec(deployment.topics().events());
        TopicSpec subscriptions = spec(deployment.topics().subscriptions());
        exists(events, events.partitions() + 1, events.config());
        exists(subscriptions, subscriptions.partitions(), Map.of());

        CommandRun planned = CommandRun.of(environment, "topics", "plan");
        assertThat(planned.status()).isEqualTo(1);
        assertThat(planned.out())
                .contains("refuse " + events.name() + ": has 3 partitions, declared are 2")
                .contains("refuse " + subscriptions.name() + ": has cleanup.policy=delete, declared is compact");

        CommandRun applied = CommandRun.of(environment, "topics", "apply");
        assertThat(applied.status()).isEqualTo(1);
        assertThat(applied.out()).isEmpty();
        assertThat(applied.err())
                .startsWith("nothing was changed: ")
                .contains("refuse " + events.name(), "refuse " + subscriptions.name())
                .hasLineCount(1);
        Set<String> names = admin.listTopics().names().get();
        assertThat(names).doesNotContain(deployment.topics().deliveries());

        assertThatThrownBy(() -> TopicCheck.require(admin, List.of(events, subscriptions)))
                .hasMessageContaining(events.name() + " has 3 partitions, declared are 2")
                .hasMessageContaining(subscriptions.name() + " has cleanup.policy=delete, declared is compact")
                .hasMessageEndingWith("run `hookswitch topics apply`");
    }

    @Test
    void anImpossibleReplicationFactorIsSaidInOneLine() {
        CommandRun applied = CommandRun.of(environment, "topics", "apply", "--set", "topics.replication-factor=3");

        assertThat(applied.status()).isEqualTo(1);
        assertThat(applied.err())
                .contains("was not created", "eplication factor")
                .hasLineCount(1);
    }

    /** Makes the topic in another shape than declared. */
    private void exists(TopicSpec declared, int partitions, Map<String, String> config) {
        TopicSpec other = new TopicSpec(
                declared.name(), declared.purpose(), declared.key(), partitions, declared.replicationFactor(), config);
        TopicPlan.of(admin, List.of(other)).apply(admin);
    }

    private static String declared(TopicSpec spec, String key) {
        return spec.config().getOrDefault(key, "");
    }

    private TopicSpec spec(String name) {
        return specs.stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
