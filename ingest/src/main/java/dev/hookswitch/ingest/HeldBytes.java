package dev.hookswitch.ingest;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Bounds the memory that bodies take, from before they are read until they are answered. Safe for several threads. */
final class HeldBytes {
    private final int max;
    private final Semaphore free;

    /** @param max bytes in all */
    HeldBytes(int max) {
        this.max = max;
        this.free = new Semaphore(max);
    }

    /** Room for a body; to be closed, once. Empty when there is none. */
    Optional<Hold> tryHold(int bytes) {
        return free.tryAcquire(bytes) ? Optional.of(() -> free.release(bytes)) : Optional.empty();
    }

    /** How much is held now. */
    int held() {
        return max - free.availablePermits();
    }

    /** Room that is held. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
