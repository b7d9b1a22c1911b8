package dev.hookswitch.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A service as it ships, in a process of its own: told what to do by settings, watched through its management port, ended
 * by signals.
 */
public final class ServiceProcess implements AutoCloseable {
    /** What a JVM that was ended by SIGTERM returns: 128 and the signal's number. */
    public static final int ENDED_BY_SIGTERM = 143;

    private static final String VARIABLES = "HOOKSWITCH_";
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final URI ready;
    private final LogFile log;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

    private ServiceProcess(String name, Process process, URI ready, LogFile log) {
        this.name = name;
        this.process = process;
        this.ready = ready;
        this.log = log;
    }

    /**
     * Starts it. It must read its settings from the environment, and end when its input closes.
     *
     * @param settings Hookswitch settings; those of this process's own environment do not reach it
     * @param managementPort a free one
     * @param log takes all that it writes
     */
    public static ServiceProcess start(
            String name, JvmCommand command, Map<String, String> settings, int managementPort, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.likeThisProcess())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith(VARIABLES));
        Map<String, String> all = new TreeMap<>(settings);
        all.put("management.host", "127.0.0.1");
        all.put("management.port", Integer.toString(managementPort));
        all.forEach((key, value) -> builder.environment().put(variable(key), value));
        URI ready = URI.create("http://127.0.0.1:" + managementPort + "/ready");
        return new ServiceProcess(name, builder.start(), ready, new LogFile(log));
    }

    private static String variable(String key) {
        return VARIABLES + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /**
     * Waits until it says that it is ready.
     *
     * @throws IllegalStateException when it does not in time, or has ended; the message shows its log
     */
    public void awaitReady(Duration limit) throws InterruptedException {
        long endNanos = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - endNanos >= 0) {
                throw new IllegalStateException(name + " is not ready, its log ends with:\n" + log.end());
            }
            Pause.of(LOOK);
        }
    }

    private boolean isReady() throws InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(ready).timeout(ANSWER_LIMIT).build();
        try {
            return client.send(get, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it runs, or is paused. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, with SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        int unused = process.destroyForcibly().waitFor();
    }

    /**
     * Asks it to stop, with SIGTERM, and waits for its end.
     *
     * @return its exit status
     * @throws IllegalStateException when it has not ended in time; the message shows its log
     */
    public int terminate(Duration limit) throws InterruptedException {
        // The process's own method would close its input too, which ends it in the middle of its stop.
        if (!process.toHandle().destroy()) {
            throw new IllegalStateException(name + " has ended already, its log ends with:\n" + log.end());
        }
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(
                    name + " does not end within " + limit.toSeconds() + " s, its log ends with:\n" + log.end());
        }
        return process.exitValue();
    }

    /** Stops all of its threads, with SIGSTOP. */
    public void pause() throws InterruptedException {
        signal("STOP");
    }

    /** Lets it go on, with SIGCONT. */
    public void resume() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws InterruptedException {
        try {
            int status = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("SIG" + signal + " did not reach " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
