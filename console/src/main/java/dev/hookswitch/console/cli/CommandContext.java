package dev.hookswitch.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AuditRow;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/**
 * What a command sees of the world.
 *
 * @param environment the process environment
 * @param in standard input
 * @param out where results go
 * @param err where what went wrong goes
 * @param clock tells the time
 * @param random makes ids, secrets and keys
 */
public record CommandContext(
        Map<String, String> environment,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Clock clock,
        SecureRandom random) {
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** This process, speaking UTF-8. */
    public static CommandContext system() {
        return new CommandContext(
                System.getenv(),
                new FileInputStream(FileDescriptor.in),
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                Clock.systemUTC(),
                new SecureRandom());
    }

    /** Who runs the command, as the audit names them: the user of this machine, which nobody has checked. */
    public AuditRow.Actor operator() {
        return new AuditRow.Actor("operator:" + environment.getOrDefault("USER", "unknown"), null);
    }

    /** Without the environment, which may hold passwords. */
    @Override
    public String toString() {
        return "CommandContext";
    }
}
