package dev.hookswitch.benchmarks.retries;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Every copy of a retry that was read, in the order in which it was read, as a file. */
final class CopyLog implements AutoCloseable {
    private static final int BYTES = 8 + 4 + 4 + 8 + 8 + 8;
    private static final int BUFFER = 1 << 16;

    private final DataOutputStream out;

    /**
     * A copy in {@code deliveries-due}.
     *
     * @param number of the retry, in the order in which they were produced
     * @param tier index of the one it waited in
     * @param partition of both topics
     * @param parkedMs its timestamp in the tier, by the broker
     * @param copiedMs timestamp of the copy, by the scheduler
     * @param readMs when a reader of committed records had it
     */
    record Copy(long number, int tier, int partition, long parkedMs, long copiedMs, long readMs) {}

    private CopyLog(DataOutputStream out) {
        this.out = out;
    }

    static CopyLog create(Path path) throws IOException {
        return new CopyLog(new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), BUFFER)));
    }

    void add(Copy copy) throws IOException {
        out.writeLong(copy.number());
        out.writeInt(copy.tier());
        out.writeInt(copy.partition());
        out.writeLong(copy.parkedMs());
        out.writeLong(copy.copiedMs());
        out.writeLong(copy.readMs());
    }

    /** Reads all of a log that was closed. */
    static void read(Path path, Consumer<Copy> take) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
            for (long left = Files.size(path) / BYTES; left > 0; left--) {
                take.accept(new Copy(
                        in.readLong(), in.readInt(), in.readInt(), in.readLong(), in.readLong(), in.readLong()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
