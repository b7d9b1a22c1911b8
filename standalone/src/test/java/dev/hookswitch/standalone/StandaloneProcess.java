package dev.hookswitch.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code hookswitch standalone} as a process of its own, with what it prints and logs in files. */
final class StandaloneProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path out;
    private final Path err;

    private StandaloneProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Returns when it has said all that it says at its start. */
    static StandaloneProcess start(Path data, Path logs, String name, Map<String, String> environment)
            throws IOException {
        StandaloneProcess started = launch(data, logs, name, environment);
        try {
            started.awaitPrinted(Pattern.compile(Pattern.quote("Ctrl-C stops it.")));
        } catch (RuntimeException | AssertionError e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** Returns when there is a process. */
    static StandaloneProcess launch(Path data, Path logs, String name, Map<String, String> environment)
            throws IOException {
        Path out = logs.resolve(name + ".out");
        Path err = logs.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hookswitch.class.getName(),
                        "standalone",
                        "--data",
                        data.toString()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new StandaloneProcess(builder.start(), out, err);
    }

    /** Waits until it has printed this, looking often: it is alive then, or was a moment ago. */
    void awaitPrinted(Pattern text) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !process.isAlive() || text.matcher(printed()).find());
        assertThat(printed()).as("%s", logged()).containsPattern(text);
    }

    /** Waits for its end, which nobody asked it for; returns its exit status. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Its standard output so far. */
    String printed() {
        return read(out);
    }

    /** Its standard error so far. */
    String logged() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as an operator does, and waits. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Ends it as kill -9 does; returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
