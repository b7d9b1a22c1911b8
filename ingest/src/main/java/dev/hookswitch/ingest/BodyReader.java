package dev.hookswitch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies within a time, however slowly they drip. The time is looked at whenever something comes; that nothing comes
 * is the server's to see, which ends the read with an {@link IOException}.
 */
final class BodyReader {
    private static final int CHUNK_BYTES = 16_384;

    private final Duration timeout;
    private final LongSupplier nanoTime;

    /** A body that did not come in time. */
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlow(Duration timeout) {
            super("the body did not come within " + timeout.toMillis() + " ms");
        }
    }

    /** @param nanoTime a clock that never goes back */
    BodyReader(Duration timeout, LongSupplier nanoTime) {
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /**
     * The body, or its first bytes when there are more.
     *
     * @throws TooSlow when it takes too long
     * @throws IOException when it breaks off
     */
    byte[] read(InputStream body, int maxBytes) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream(Math.min(maxBytes, CHUNK_BYTES));
        take(body, maxBytes, read);
        return read.toByteArray();
    }

    /** Reads and drops, so that a sender of too much gets to see the answer. Gives up when that takes too long. */
    void drop(InputStream body, int maxBytes) throws IOException {
        try {
            take(body, maxBytes, null);
        } catch (TooSlow e) {
            // It has its answer all the same, if it reads one.
        }
    }

    private void take(InputStream body, int maxBytes, @Nullable ByteArrayOutputStream into) throws IOException {
        long startNanos = nanoTime.getAsLong();
        byte[] chunk = new byte[Math.min(maxBytes, CHUNK_BYTES)];
        for (int left = maxBytes; left > 0; ) {
            int count = body.read(chunk, 0, Math.min(left, chunk.length));
            if (count < 0) {
                return;
            }
            if (nanoTime.getAsLong() - startNanos > timeout.toNanos()) {
                throw new TooSlow(timeout);
            }
            if (into != null) {
                into.write(chunk, 0, count);
            }
            left -= count;
        }
    }
}
