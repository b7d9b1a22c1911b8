package dev.hookswitch.standalone;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.service.DownWatch;
import dev.hookswitch.common.service.ManagementServer;
import dev.hookswitch.console.cli.CommandContext;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hookswitch standalone}. */
@Command(
        name = "standalone",
        description = {
            "Runs every role and an embedded Kafka broker in this process, until SIGTERM or Ctrl-C.",
            "The data folder keeps everything: a second start goes on where it was."
        })
final class StandaloneCommand implements Callable<Integer> {
    private static final String TENANT = "standalone.tenant";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with the settings; default: $HOOKSWITCH_CONFIG.")
    @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of broker, key ring and state; default: standalone.data-folder, which is .hookswitch.")
    @Nullable Path data;

    private final CommandContext context;

    StandaloneCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, String> overrides = new HashMap<>();
        if (data != null) {
            overrides.put("standalone.data-folder", data.toString());
        }
        Path file = Commands.configFile(config, context.environment());
        Settings settings = Settings.load(file, context.environment(), overrides);
        SettingsReader reader = settings.reader();
        Path folder = Path.of(reader.text("standalone.data-folder"));
        int port = reader.integer("standalone.kafka-port", 0, 65_535);
        String tenant = reader.text(TENANT);
        if (!TenantRow.isName(tenant)) {
            reader.problem(TENANT, "must be 1 to 64 letters, digits, _ . : or -");
        }
        reader.done();
        StopSignal signal = new StopSignal();
        try {
            return run(settings, folder, port, tenant, signal);
        } finally {
            signal.stopped();
        }
    }

    private int run(Settings operators, Path folder, int port, String tenant, StopSignal signal) throws Exception {
        Optional<String> lost;
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Site site = Site.open(operators, folder, port);
                Roles roles = Roles.create(site.settings(), registry);
                ManagementServer management = ManagementServer.start(site.settings(), roles.services(), registry)) {
            roles.start();
            describe(site, folder, management);
            // Last: a start that fails has no key to show.
            if (!FirstAccess.make(site.settings(), tenant, context, key -> show(tenant, key))) {
                say("  API keys    hookswitch key create --tenant " + tenant
                        + " --scopes webhooks:manage,events:write makes another");
            }
            say("Ctrl-C stops it.");
            lost = DownWatch.system().await(signal.asked(), roles.services());
            // No logger in a field: this class is loaded before the demonstration says where its log goes.
            lost.ifPresent(
                    detail -> LoggerFactory.getLogger(StandaloneCommand.class).error("{}", detail));
            say("stopping");
        }
        say("stopped; everything is in " + folder.toAbsolutePath());
        return lost.isPresent() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void describe(Site site, Path folder, ManagementServer management) {
        SettingsReader settings = site.settings().reader();
        if (site.keyRingIsNew()) {
            say("made the key ring " + settings.text("secrets.key-ring")
                    + ": it opens the signing secrets, keep a copy of it");
        }
        say("Hookswitch runs; its data is in " + folder.toAbsolutePath());
        say("  Kafka       " + site.bootstrapServers() + ", events go to the topic " + settings.text("topics.prefix")
                + "events");
        say("  HTTP        POST http://" + settings.text("ingest.host") + ":" + settings.text("ingest.port")
                + "/v1/events takes events too, with an API key");
        say("  API         http://" + settings.text("console.host") + ":" + settings.text("console.port")
                + "/v1/webhooks manages endpoints, with an API key; /v1/openapi.json describes it");
        say("  health      http://" + settings.text("management.host") + ":" + management.port()
                + "/ready, metrics at /metrics");
        say("  endpoints   hookswitch endpoint add --tenant acme --profile standard --url https://... --events '*'");
    }

    private void show(String tenant, ApiKey key) {
        say("The API key of the tenant " + tenant + ", which is not shown again:");
        say("  " + key.reveal());
    }

    private void say(String line) {
        context.out().println(line);
    }
}
