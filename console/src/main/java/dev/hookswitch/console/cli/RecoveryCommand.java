package dev.hookswitch.console.cli;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow.Kind;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.recovery.Recoveries;
import dev.hookswitch.console.recovery.RecoveryRequest;
import dev.hookswitch.console.recovery.RecoveryRun;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code endpoint recover | replay WEBHOOK_ID}. */
abstract class RecoveryCommand implements Callable<Integer> {
    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    final RecoveryOptions options = new RecoveryOptions();

    @Parameters(paramLabel = "WEBHOOK_ID", description = "Id of the endpoint.")
    private String webhookId = "";

    private final CommandContext context;
    private final Kind kind;

    private RecoveryCommand(CommandContext context, Kind kind) {
        this.context = context;
        this.kind = kind;
    }

    /** What ended without success. */
    @Command(
            name = "recover",
            description =
                    "Puts all deliveries once more that ended without success, then or later: failed, discarded or"
                            + " skipped. An interrupted recovery goes on when it is called again.")
    static final class Recover extends RecoveryCommand {
        Recover(CommandContext context) {
            super(context, Kind.UNDELIVERED);
        }
    }

    /** What never was a delivery. */
    @Command(
            name = "replay",
            description =
                    "Puts the events that came in then or later and that an endpoint missed, because they are older"
                            + " than it or than its choice of events. An interrupted replay goes on when it is called again.")
    static final class Replay extends RecoveryCommand {
        Replay(CommandContext context) {
            super(context, Kind.MISSED);
        }
    }

    @Override
    public Integer call() {
        Optional<Instant> since = options.since(context.clock());
        if (since.isEmpty() && !options.cancel) {
            context.err().println("--since TIME is required");
            return ExitStatus.USAGE;
        }
        return ExitStatus.of(context, connection, settings -> {
            try (EndpointAdmin admin = EndpointAdmin.open(settings, context.clock(), context.random())) {
                EndpointId endpoint = EndpointCommand.find(admin, webhookId).id();
                Recoveries recoveries = Recoveries.open(settings, admin::get, context.clock(), context.random());
                if (options.cancel) {
                    context.out().println(RecoveryText.cancelled(recoveries.cancel(endpoint)));
                } else {
                    make(recoveries, new RecoveryRequest(endpoint, kind, since.orElseThrow()));
                }
                return ExitStatus.OK;
            }
        });
    }

    private void make(Recoveries recoveries, RecoveryRequest request) {
        if (options.dryRun) {
            context.out().println(RecoveryText.counted(request, recoveries.count(request)));
            return;
        }
        try (RecoveryRun run = recoveries.begin(request, options.perSecond());
                StopOnSignal signal = StopOnSignal.install()) {
            context.out().println(RecoveryText.begun(run));
            ProgressLines progress = new ProgressLines(context.clock(), context.out());
            context.out().println(RecoveryText.ended(run.run(row -> {}, () -> {
                // Also while it waits.
                progress.accept(run.row());
                return signal.getAsBoolean();
            })));
        }
    }
}
