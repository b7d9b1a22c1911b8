package dev.hookswitch.standalone.demo;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.console.cli.CommandContext;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.standalone.Roles;
import dev.hookswitch.standalone.Site;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A run of the demonstration, from an empty folder to the evidence. */
final class Demo {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    /** Long enough for what must not come. */
    private static final Duration CURTAIN = Duration.ofMillis(1_500);

    /** Below it the one delivery takes long enough for a line at each attempt. */
    private static final double WORTH_TELLING = 10;

    private static final Duration SPARE = Duration.ofSeconds(60);

    private final CommandContext context;
    private final Progress progress;
    private final double timeScale;
    private double firstWebhookSeconds = -1;

    Demo(CommandContext context, Progress progress, double timeScale) {
        this.context = context;
        this.progress = progress;
        this.timeScale = timeScale;
    }

    private Settings settings() {
        // Nothing of the operator's: the demonstration is the same everywhere.
        return Settings.of(Map.of(
                "retry.time-scale", String.valueOf(timeScale),
                "egress.allow-cidrs", "127.0.0.0/8",
                "egress.allow-http", "true",
                "topics.partitions", "4",
                "topics.events.partitions", "4",
                "management.port", "0",
                "console.port", "0",
                "ingest.port", "0"));
    }

    /** Runs it all in the folder. */
    Evidence run(Path folder) throws Exception {
        CompletableFuture<Profiles> profiles = CompletableFuture.supplyAsync(Profiles::builtIn);
        try (Site site = Site.open(settings(), folder, 0);
                Receivers receivers = new Receivers(Cast.ACTORS, context.clock(), System::nanoTime, context.random());
                Roles roles = Roles.create(site.settings(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
                Stage stage = new Stage(
                        site.settings(),
                        EndpointAdmin.open(site.settings(), context.clock(), context.random()),
                        context.clock());
                Books books = new Books(site.settings(), System::nanoTime)) {
            // Before the fan-out runs: it reads every endpoint before its first event.
            Cast.ACTORS.forEach(actor -> stage.register(actor, receivers));
            progress.say(Cast.ACTORS.size() + " endpoints are registered, their receivers listen on 127.0.0.1");
            Telephony telephony = new Telephony(profiles.join(), new Random(Script.SEED));
            Script script = new Script(telephony, stage, books, receivers, System::nanoTime);
            script.begin();
            roles.start();
            progress.say("every role runs");
            follow(script, stage, books, receivers);
            return evidence(script, stage, books, receivers);
        }
    }

    private void follow(Script script, Stage stage, Books books, Receivers receivers) {
        // Twice the longest schedule, for whoever is repaired late.
        long limitNanos = System.nanoTime()
                + Journey.length(timeScale).multipliedBy(2).plus(SPARE).toNanos();
        long completeNanos = 0;
        Journey journey = new Journey(timeScale);
        while (completeNanos == 0 || System.nanoTime() - completeNanos < CURTAIN.toNanos()) {
            script.look();
            welcomeFirst(receivers);
            if (timeScale <= WORTH_TELLING) {
                journey.news(receivers.posts()).forEach(progress::say);
            }
            progress.tick(() -> status(stage, books, receivers));
            boolean complete = script.over() && books.outcomes().size() >= stage.deliveriesExpected();
            if (completeNanos == 0 && complete) {
                completeNanos = System.nanoTime();
            }
            if (System.nanoTime() - limitNanos > 0) {
                progress.say("gave up waiting: the table shows what is missing");
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private void welcomeFirst(Receivers receivers) {
        if (firstWebhookSeconds < 0) {
            receivers.first().ifPresent(post -> {
                Instant arrived = context.clock().instant().minusNanos(System.nanoTime() - post.arrivedNanos());
                Instant started = Instant.ofEpochMilli(
                        ManagementFactory.getRuntimeMXBean().getStartTime());
                firstWebhookSeconds = Duration.between(started, arrived).toMillis() / 1e3;
                progress.say("first webhook delivered " + Tables.seconds(firstWebhookSeconds)
                        + " after the process started");
            });
        }
    }

    /** Seconds from the start of the process to the first webhook; negative when there was none. */
    double firstWebhookSeconds() {
        return firstWebhookSeconds;
    }

    private static String status(Stage stage, Books books, Receivers receivers) {
        Map<OutcomeRow.Outcome, Integer> ended = new HashMap<>();
        List<OutcomeRow> outcomes = books.outcomes();
        outcomes.forEach(row -> ended.merge(row.outcome(), 1, Integer::sum));
        return "events " + stage.played().size() + "  POSTs "
                + receivers.posts().size() + "  delivered "
                + ended.getOrDefault(OutcomeRow.Outcome.DELIVERED, 0) + "  under way "
                + Math.max(0, stage.deliveriesExpected() - outcomes.size()) + "  failed "
                + ended.getOrDefault(OutcomeRow.Outcome.FAILED, 0) + "  discarded "
                + ended.getOrDefault(OutcomeRow.Outcome.DISCARDED, 0) + "  skipped "
                + ended.getOrDefault(OutcomeRow.Outcome.SKIPPED, 0) + "  endpoints disabled "
                + books.disabledEndpoints();
    }

    private Evidence evidence(Script script, Stage stage, Books books, Receivers receivers) {
        Map<Actor, String> webhookIds = new HashMap<>();
        Map<Actor, Books.Disabling> disablings = new HashMap<>();
        for (Actor actor : Cast.ACTORS) {
            String webhookId = stage.webhookId(actor);
            webhookIds.put(actor, webhookId);
            books.disabling(webhookId).ifPresent(disabling -> disablings.put(actor, disabling));
        }
        return new Evidence(
                stage.played(),
                receivers.posts(),
                books.attempts(),
                books.outcomes(),
                webhookIds,
                disablings,
                script.missed(),
                script.afterwards(),
                script.enabledNanos(),
                timeScale);
    }
}
