package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;

/** Fills a store in a JVM of its own, to be killed. */
final class StoreProcess implements AutoCloseable {
    private static final int BATCH = 500;

    private final Process process;
    private final BufferedReader written;

    private StoreProcess(Process process) {
        this.process = process;
        this.written = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII));
    }

    static StoreProcess start(Path folder) throws IOException {
        return new StoreProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until so many rows are written. */
    void await(long rows) throws IOException {
        String line;
        do {
            line = written.readLine();
            if (line == null) {
                throw new IllegalStateException("the process has ended");
            }
        } while (Long.parseLong(line) < rows);
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

    /** Row n is an attempt at delivery n and stands at offset n. Runs until killed, or until nobody reads what it says. */
    public static void main(String[] args) throws RocksDBException, IOException {
        try (RocksMemory memory = new RocksMemory(16 << 20);
                PartitionStore store = PartitionStore.open(
                        Path.of(args[0]),
                        "t",
                        new StoreSpec(memory, Duration.ofDays(30), 1, InstantSource.fixed(OneStore.NOW)))) {
            for (long next = 0; !System.out.checkError(); next += BATCH) {
                Changes changes = store.change();
                for (long row = next; row < next + BATCH; row++) {
                    changes.take(KilledStoreTest.rows(row).delivered(1, OneStore.NOW), OneStore.NOW.toEpochMilli());
                }
                changes.readOnAt(Source.ATTEMPTS, next + BATCH);
                changes.write();
                System.out.println(next + BATCH);
            }
        }
    }
}
