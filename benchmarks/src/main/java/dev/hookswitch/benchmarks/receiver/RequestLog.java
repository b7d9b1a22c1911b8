package dev.hookswitch.benchmarks.receiver;

import dev.hookswitch.benchmarks.load.Stamp;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Writes down every request with a stamp: which it was, and when it had come in whole. For the receiver's thread; others
 * may read the file once the receiver has had nothing to do for some seconds.
 */
public final class RequestLog implements AutoCloseable {
    private static final int BYTES = 8 + 4 + 8 + 8;
    private static final long FLUSH_NANOS = Duration.ofMillis(500).toNanos();

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2_048 * BYTES);
    private long flushedNanos = System.nanoTime();

    /** Takes entries in order. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Takes one.
         *
         * @param stamp of the request
         * @param arrivedNanos when it had come in whole, on the clock of the stamp
         */
        void take(Stamp stamp, long arrivedNanos);
    }

    private RequestLog(FileChannel file) {
        this.file = file;
    }

    static RequestLog create(Path path) throws IOException {
        return new RequestLog(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    void add(Stamp stamp, long arrivedNanos) throws IOException {
        buffer.putLong(stamp.number())
                .putInt(stamp.endpoint())
                .putLong(stamp.dueNanos())
                .putLong(arrivedNanos);
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    void flushIfDue(long nowNanos) throws IOException {
        if (nowNanos - flushedNanos > FLUSH_NANOS) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
        flushedNanos = System.nanoTime();
    }

    /** Reads all entries. */
    public static void read(Path path, Reader reader) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            for (long left = Files.size(path) / BYTES; left > 0; left--) {
                Stamp stamp = new Stamp(in.readLong(), in.readInt(), in.readLong());
                reader.take(stamp, in.readLong());
            }
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        file.close();
    }
}
