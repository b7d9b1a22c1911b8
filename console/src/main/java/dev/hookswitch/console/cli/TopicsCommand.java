package dev.hookswitch.console.cli;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.topics.TopicChange;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.common.topics.TopicSpec;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics plan | apply}. */
@Command(
        name = "topics",
        description = "Compares Kafka's topics with their declaration, and makes them so.",
        synopsisSubcommandLabel = "COMMAND")
public final class TopicsCommand {
    @Mixin
    final HelpOption help = new HelpOption();

    private final CommandContext context;

    public TopicsCommand(CommandContext context) {
        this.context = context;
    }

    @Command(
            name = "plan",
            description = "Shows what apply would do; status 1 when there is something that it would refuse.")
    int plan(@Mixin ConnectionOptions connection) {
        return ExitStatus.of(context, connection, settings -> {
            List<TopicSpec> specs = TopicLayout.of(settings).specs();
            try (Admin admin = admin(settings)) {
                TopicPlan plan = TopicPlan.of(admin, specs);
                print(plan);
                if (plan.changes().isEmpty()) {
                    context.out().println("all " + specs.size() + " topics are as declared");
                }
                return plan.refusals().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
            }
        });
    }

    @Command(
            name = "apply",
            description =
                    "Creates missing topics and sets their properties; does nothing when anything must be refused.")
    int apply(@Mixin ConnectionOptions connection) {
        return ExitStatus.of(context, connection, settings -> {
            List<TopicSpec> specs = TopicLayout.of(settings).specs();
            try (Admin admin = admin(settings)) {
                TopicPlan plan = TopicPlan.of(admin, specs);
                plan.apply(admin);
                print(plan);
                context.out().println(specs.size() + " topics are ready");
                return ExitStatus.OK;
            }
        });
    }

    private static Admin admin(Settings settings) {
        return Admin.create(new KafkaProperties(settings).admin());
    }

    private void print(TopicPlan plan) {
        plan.changes().stream().map(TopicChange::describe).forEach(context.out()::println);
    }
}
