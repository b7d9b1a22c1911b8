package dev.hookswitch.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * What a command line did.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int status, String out, String err) {
    static final Instant NOW = Instant.parse("2026-01-15T14:30:00Z");

    static CommandRun reading(String stdin, Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(
                environment,
                new ByteArrayInputStream(stdin.getBytes(UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new SecureRandom());
        int status = ConsoleMain.commandLine(context).execute(args);
        return new CommandRun(status, out.toString(), err.toString());
    }

    static CommandRun of(Map<String, String> environment, String... args) {
        return reading("", environment, args);
    }
}
