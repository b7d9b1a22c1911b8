package dev.hookswitch.console.cli;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.endpoints.Resealing;
import dev.hookswitch.console.endpoints.Resealing.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key-ring create | add | activate | status | reseal | remove}. */
@Command(
        name = "key-ring",
        description = "Manages the file with the keys that seal signing secrets.",
        synopsisSubcommandLabel = "COMMAND")
public final class KeyRingCommand {
    private static final String SETTING = "secrets.key-ring";
    private static final long ONE_SECOND_NANOS = 1_000_000_000L;

    @Mixin
    final HelpOption help = new HelpOption();

    private final CommandContext context;

    public KeyRingCommand(CommandContext context) {
        this.context = context;
    }

    @Command(name = "create", description = "Makes a key ring with one new key.")
    int create(
            @Mixin HelpOption helpOption,
            @Parameters(paramLabel = "FILE", description = "The file to make; it must not exist.") Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            context.err().println(file + " exists and is left as it is");
            return ExitStatus.FAILED;
        }
        try {
            KeyRing.readOrCreate(file, context.random());
        } catch (IOException e) {
            context.err().println("no key ring was made: " + e);
            return ExitStatus.FAILED;
        }
        context.out()
                .println(file + " is made, readable by you alone. Keep a copy: what it seals opens with nothing else.");
        context.out()
                .println("Name it in the settings of dispatcher and console: secrets.key-ring=" + file + " or "
                        + Settings.environmentName(SETTING) + "=" + file);
        return ExitStatus.OK;
    }

    @Command(
            name = "add",
            description = "Puts a new key on the ring (secrets.key-ring). It opens, and seals once it is activated.")
    int add(
            @Mixin ConnectionOptions connection,
            @Option(names = "--id", paramLabel = "KEY", description = "Its id; default: k2, then k3 and so on.")
                    @Nullable String id) {
        return with(connection, (settings, file) -> {
            String added = id == null ? nextId(KeyRing.read(file)) : id;
            var unused = KeyRing.change(file, ring -> ring.withNew(added, context.random()));
            context.out().println(added + " is on " + file + ". Keep a copy of the file.");
            context.out()
                    .println("Bring it to every dispatcher and console, which look at it every few seconds; then:"
                            + " key-ring activate " + added);
        });
    }

    @Command(
            name = "activate",
            description = "Makes a key of the ring the one that seals. What is sealed under the others is sealed anew.")
    int activate(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "KEY", description = "Id of a key that every dispatcher and console has.")
                    String id) {
        return with(connection, (settings, file) -> {
            KeyRing ring = KeyRing.change(file, old -> old.activated(id));
            context.out()
                    .println(id + " seals from now on; retiring: " + String.join(", ", ring.retiring())
                            + ". Every console needs this file too; key-ring status shows how far it is.");
        });
    }

    @Command(name = "status", description = "Shows what is sealed under which key, and which may be removed.")
    int status(@Mixin ConnectionOptions connection) {
        return with(connection, (settings, file) -> {
            KeyRing ring = KeyRing.read(file);
            try (EndpointAdmin admin = EndpointAdmin.open(settings, context.clock(), context.random())) {
                context.out().println(KeyRingText.status(ring, admin.resealing().use()));
            }
        });
    }

    @Command(
            name = "reseal",
            description = "Seals anew what is sealed under retiring keys, as a console that runs does by itself."
                    + " Interrupted, it goes on when it is called again.")
    int reseal(
            @Mixin ConnectionOptions connection,
            @Option(
                            names = "--per-second",
                            defaultValue = "100",
                            paramLabel = "N",
                            description = "Endpoints per second; default: ${DEFAULT-VALUE}.")
                    int perSecond) {
        return with(connection, (settings, file) -> {
            if (perSecond < 1) {
                throw new IllegalArgumentException("--per-second must be at least 1, was " + perSecond);
            }
            try (EndpointAdmin admin = EndpointAdmin.open(settings, context.clock(), context.random());
                    StopOnSignal signal = StopOnSignal.install()) {
                Resealing resealing = admin.resealing();
                Step step = resealing.step(perSecond, context.operator());
                for (int done = step.done(); ; done += step.done()) {
                    context.out().println(KeyRingText.progress(done, step));
                    if (step.left() == 0 || signal.getAsBoolean()) {
                        break;
                    }
                    LockSupport.parkNanos(ONE_SECOND_NANOS);
                    step = resealing.step(perSecond, context.operator());
                }
                context.out().println(KeyRingText.status(KeyRing.read(file), resealing.use()));
            }
        });
    }

    @Command(name = "remove", description = "Takes a key off the ring when nothing is sealed under it any more.")
    int remove(
            @Mixin ConnectionOptions connection, @Parameters(paramLabel = "KEY", description = "Its id.") String id) {
        return with(connection, (settings, file) -> {
            KeyRing left = KeyRing.read(file).without(id);
            try (EndpointAdmin admin = EndpointAdmin.open(settings, context.clock(), context.random())) {
                admin.resealing().use().need(id).ifPresent(why -> {
                    throw new IllegalStateException(id + " cannot be removed: " + why);
                });
            }
            var unused = KeyRing.change(file, ring -> ring.without(id));
            context.out().println(id + " is off " + file + "; left: " + String.join(", ", left.ids()));
        });
    }

    private static String nextId(KeyRing ring) {
        return IntStream.iterate(2, i -> i + 1)
                .mapToObj(i -> "k" + i)
                .filter(id -> !ring.ids().contains(id))
                .findFirst()
                .orElseThrow();
    }

    /** Works with the ring that the settings name. */
    @FunctionalInterface
    private interface Work {
        void run(Settings settings, Path file) throws IOException;
    }

    private int with(ConnectionOptions connection, Work work) {
        return ExitStatus.of(context, connection, settings -> {
            Path file = Path.of(settings.reader()
                    .optionalText(SETTING)
                    .orElseThrow(() -> new SettingsException(List.of(SETTING + " must name a key ring file"))));
            try {
                work.run(settings, file);
                return ExitStatus.OK;
            } catch (IllegalArgumentException e) {
                context.err().println(e.getMessage());
                return ExitStatus.FAILED;
            }
        });
    }
}
