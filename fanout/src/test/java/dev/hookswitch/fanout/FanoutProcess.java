package dev.hookswitch.fanout;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.service.Service;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The fan-out in a JVM of its own, to be killed. */
final class FanoutProcess implements AutoCloseable {
    private final Process process;

    private FanoutProcess(Process process) {
        this.process = process;
    }

    /** Returns at once; its log goes where the test's goes. */
    static FanoutProcess start(Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FanoutProcess.class.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return new FanoutProcess(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " survives");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs until killed, or until the parent's end closes the standard input. */
    public static void main(String[] args) throws Exception {
        Settings settings = Settings.of(Arrays.stream(args)
                .map(arg -> arg.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        Service role = FanoutRole.create(settings, new SimpleMeterRegistry());
        role.start();
        while (System.in.read() >= 0) {
            // Nothing is expected.
        }
        Runtime.getRuntime().halt(0);
    }
}
