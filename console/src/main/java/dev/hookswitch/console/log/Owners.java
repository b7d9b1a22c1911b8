package dev.hookswitch.console.log;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which console has which partition, as it was when we last looked. Safe for many threads. */
final class Owners {
    private final Supplier<Map<Integer, URI>> look;
    private volatile Map<Integer, URI> known = Map.of();
    private long lookedAtNanos = System.nanoTime();

    /** @param look looks; may take a while, and may fail */
    Owners(Supplier<Map<Integer, URI>> look) {
        this.look = look;
    }

    Optional<URI> of(int partition) {
        return Optional.ofNullable(known.get(partition));
    }

    /** Looks again. One look, also one that fails, serves all who wait for it. */
    void refresh() {
        long askedAtNanos = System.nanoTime();
        synchronized (this) {
            if (lookedAtNanos - askedAtNanos > 0) {
                return;
            }
            try {
                known = look.get();
            } finally {
                lookedAtNanos = System.nanoTime();
            }
        }
    }
}
