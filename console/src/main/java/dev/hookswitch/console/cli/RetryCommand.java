package dev.hookswitch.console.cli;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.recovery.ManualRetries;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code endpoint retry DELIVERY_ID}. */
@Command(name = "retry", description = "Puts one delivery once more, with the same id and body.")
final class RetryCommand implements Callable<Integer> {
    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "DELIVERY_ID", description = "What receivers see as webhook-id: msg_...")
    private String deliveryId = "";

    @Option(names = "--endpoint", paramLabel = "WEBHOOK_ID", description = "Whose delivery it is; finds it sooner.")
    private @Nullable String webhookId;

    private final CommandContext context;

    RetryCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return ExitStatus.of(context, connection, settings -> {
            try (EndpointAdmin admin = EndpointAdmin.open(settings, context.clock(), context.random())) {
                Optional<EndpointId> endpoint = Optional.ofNullable(webhookId)
                        .map(id -> EndpointCommand.find(admin, id).id());
                ManualRetries retries = ManualRetries.of(settings, admin::get, context.random());
                context.out().println(RecoveryText.retried(retries.retry(deliveryId, endpoint)));
                return ExitStatus.OK;
            }
        });
    }
}
