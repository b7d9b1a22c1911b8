package dev.hookswitch.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.config.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** An instance of the API in a process of its own, which halts when it has made a change, before it answers. */
final class MortalConsole implements AutoCloseable {
    static final int STATUS = 77;
    private static final String PORT = "port=";
    private static final long LIMIT_SECONDS = 120;

    private final Process process;
    private final int port;

    private MortalConsole(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when it is ready. */
    static MortalConsole start(Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MortalConsole.class.getName()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = process.inputReader(UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(PORT)) {
                return new MortalConsole(process, Integer.parseInt(line.substring(PORT.length())));
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("the process ended before it was ready");
    }

    int port() {
        return port;
    }

    int exitStatus() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process lives");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Routes.Handler dies(Routes.Handler handler) {
        return call -> {
            Answer written = handler.answer(call);
            if (call.verb().equals("POST")) {
                Runtime.getRuntime().halt(STATUS);
            }
            return written;
        };
    }

    /**
     * Runs until it is halted.
     *
     * @param args settings, each {@code name=value}
     */
    public static void main(String[] args) throws IOException {
        Map<String, String> overrides = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            overrides.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        ConsoleRole role = new ConsoleRole(
                Settings.of(overrides), new SimpleMeterRegistry(), Clock.systemUTC(), MortalConsole::dies);
        role.start();
        Awaitility.await()
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> role.health().ready());
        System.out.println(PORT + role.port());
    }
}
