package dev.hookswitch.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The child's side of the line: says that it is ready, answers {@code mark} with its figures, and returns at {@code stop}.
 * Messages go to the standard output, logs to the standard error. When the input ends the parent is gone, and this process
 * ends at once with it, whatever it is doing.
 */
public final class ChildConsole {
    /** In front of every message: the JVM writes to the standard output too. */
    static final String PREFIX = "bench> ";

    private static final int ORPHAN_STATUS = 3;

    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();

    private ChildConsole() {}

    /** To be called first: from here on the process does not outlive its parent. */
    public static ChildConsole open() {
        ChildConsole console = new ChildConsole();
        Thread reader = new Thread(console::read, "parent");
        reader.setDaemon(true);
        reader.start();
        return console;
    }

    private void read() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
            }
        } catch (IOException e) {
            System.err.println("no more commands: " + e);
        } finally {
            Runtime.getRuntime().halt(ORPHAN_STATUS);
        }
    }

    /**
     * Serves until {@code stop}.
     *
     * @param ready the first message
     * @param figures what {@code mark} answers
     */
    public void serve(Message ready, Supplier<Message> figures) throws InterruptedException {
        serve(ready, figures, command -> {
            throw new IllegalArgumentException("unknown command: " + command.line());
        });
    }

    /**
     * Serves until {@code stop}.
     *
     * @param ready the first message
     * @param figures what {@code mark} answers
     * @param others what every other command answers
     */
    public void serve(Message ready, Supplier<Message> figures, UnaryOperator<Message> others)
            throws InterruptedException {
        say(ready);
        for (String line = commands.take(); !line.equals("stop"); line = commands.take()) {
            Message command = Message.parse(line);
            say(command.word().equals("mark") ? figures.get() : others.apply(command));
        }
    }

    /** Sends a message, for instance the last one, once everything is closed. */
    public void say(Message message) {
        System.out.println(PREFIX + message.line());
        System.out.flush();
    }
}
