package dev.hookswitch.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that a benchmark started, which runs {@link ChildConsole}. For one thread. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(30);
    private static final String ENDED = "";

    private final String name;
    private final Process process;
    private final LogFile log;
    private final Writer commands;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private boolean stopped;

    private ChildProcess(String name, Process process, LogFile log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.commands = process.outputWriter(UTF_8);
        Thread reader = new Thread(this::read, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it. It ends with this process, however that ends: its input closes then.
     *
     * @param log takes what it writes to the standard error
     */
    public static ChildProcess start(String name, JvmCommand command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.likeThisProcess())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new ChildProcess(name, builder.start(), new LogFile(log));
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(ChildConsole.PREFIX)) {
                    lines.add(line.substring(ChildConsole.PREFIX.length()));
                }
            }
        } catch (IOException e) {
            // The process was ended by force.
        } finally {
            lines.add(ENDED);
        }
    }

    /**
     * The next message.
     *
     * @throws IllegalStateException when none comes in time or the process has ended; the message shows its log
     */
    public Message next(Duration limit) throws InterruptedException {
        String line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null || line.equals(ENDED)) {
            String problem = line == null ? " says nothing for " + limit.toSeconds() + " s" : " has ended";
            throw new IllegalStateException(name + problem + ", its log ends with:\n" + log.end());
        }
        return Message.parse(line);
    }

    /** Its figures now. */
    public Message mark() throws InterruptedException {
        return ask(Message.of("mark"));
    }

    /** Gives it a command and answers what it says. */
    public Message ask(Message command) throws InterruptedException {
        command(command.line());
        return next(ANSWER_LIMIT);
    }

    /** Asks it to stop and answers its last message. */
    public Message stop(Duration limit) throws InterruptedException {
        stopped = true;
        command("stop");
        return next(limit);
    }

    private void command(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new IllegalStateException(name + " has ended, its log ends with:\n" + log.end(), e);
        }
    }

    /** Waits for its end after a {@link #stop}; otherwise, or when that takes too long, ends it by force. */
    @Override
    public void close() {
        try {
            if (stopped && process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
