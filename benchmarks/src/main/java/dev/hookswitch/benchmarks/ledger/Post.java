package dev.hookswitch.benchmarks.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A POST that came in whole, as the receiver wrote it down before it answered.
 *
 * @param deliveryId of the header {@code webhook-id}
 * @param arrivedMs epoch milliseconds
 * @param answerAfterMs how long after its arrival it was to be answered
 * @param status that it was to be answered with
 */
public record Post(String deliveryId, long arrivedMs, long answerAfterMs, int status) {

    /** Epoch milliseconds at which the answer was due. */
    public long answeredMs() {
        return arrivedMs + answerAfterMs;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    String line() {
        return arrivedMs + " " + answerAfterMs + " " + status + " " + deliveryId;
    }

    /**
     * Reads a line of a ledger.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Post parse(String line) {
        String[] parts = line.split(" ", 4);
        if (parts.length != 4) {
            throw new IllegalArgumentException("no line of a ledger: " + line);
        }
        return new Post(parts[3], Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
    }

    /** Gives all POSTs of a ledger that has been closed, in the order of their arrival. */
    public static void read(Path ledger, Consumer<Post> take) {
        try (Stream<String> lines = Files.lines(ledger)) {
            lines.forEach(line -> take.accept(parse(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
