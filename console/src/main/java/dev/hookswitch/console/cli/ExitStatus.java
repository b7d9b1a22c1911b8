package dev.hookswitch.console.cli;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.console.access.AccessRefused;
import dev.hookswitch.console.changes.ChangesRefused;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.recovery.RecoveryRefused;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;

/** Runs a command's work and turns what went wrong into one line and a status. */
final class ExitStatus {
    static final int OK = CommandLine.ExitCode.OK;
    /** Refused, or failed. */
    static final int FAILED = CommandLine.ExitCode.SOFTWARE;
    /** Wrong options or settings. */
    static final int USAGE = CommandLine.ExitCode.USAGE;

    private ExitStatus() {}

    /** What a command does once its settings are read. */
    @FunctionalInterface
    interface Work {
        int run(Settings settings) throws IOException;
    }

    /** Reads the settings and does the work; what is no fault of the caller's comes through as it is. */
    static int of(CommandContext context, ConnectionOptions connection, Work work) {
        Settings settings;
        try {
            settings = connection.settings(context.environment());
        } catch (SettingsException e) {
            return say(context, e, USAGE);
        }
        try {
            return work.run(settings);
        } catch (SettingsException e) {
            return say(context, e, USAGE);
        } catch (InvalidEndpoint e) {
            context.err().println(e.code().wireName() + ": " + oneLine(e));
            return FAILED;
        } catch (AccessRefused e) {
            context.err().println(e.code().wireName() + ": " + oneLine(e));
            return FAILED;
        } catch (ChangesRefused e) {
            return say(context, e, FAILED);
        } catch (RecoveryRefused e) {
            context.err().println(e.code().wireName() + ": " + oneLine(e));
            return FAILED;
        } catch (IOException | KafkaException | IllegalStateException e) {
            if (timedOut(e)) {
                context.err()
                        .println(oneLine(e) + "; bootstrap servers: "
                                + settings.kafka().getOrDefault("bootstrap.servers", "(none)"));
                return FAILED;
            }
            return say(context, e, FAILED);
        }
    }

    private static int say(CommandContext context, Exception e, int status) {
        context.err().println(oneLine(e));
        return status;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof KafkaException && e.getCause() != null) {
            message += ": " + e.getCause().getMessage();
        }
        String[] lines = message.split("\\s*\\R\\s*", -1);
        if (lines.length == 1) {
            return message;
        }
        String rest = Arrays.stream(lines).skip(1).collect(Collectors.joining("; "));
        return lines[0] + (lines[0].endsWith(":") ? " " : ": ") + rest;
    }

    private static boolean timedOut(Exception e) {
        return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof java.util.concurrent.TimeoutException
                        || cause instanceof org.apache.kafka.common.errors.TimeoutException);
    }
}
