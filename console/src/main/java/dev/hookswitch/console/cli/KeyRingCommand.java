package dev.hookswitch.console.cli;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.sealing.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code key-ring create FILE}. */
@Command(
        name = "key-ring",
        description = "Makes the file with the keys that seal signing secrets.",
        synopsisSubcommandLabel = "COMMAND")
public final class KeyRingCommand {
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
                        + Settings.environmentName("secrets.key-ring") + "=" + file);
        return ExitStatus.OK;
    }
}
