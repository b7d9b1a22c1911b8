package dev.hookswitch.common.sealing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A key ring whose file may change while a process runs. */
public final class WatchedKeyRing implements Supplier<KeyRing> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedKeyRing.class);

    private final Path file;
    private volatile KeyRing ring;
    private volatile boolean readable = true;

    private WatchedKeyRing(Path file, KeyRing ring) {
        this.file = file;
        this.ring = ring;
    }

    /**
     * Reads it.
     *
     * @throws IOException as {@link KeyRing#read}
     */
    public static WatchedKeyRing open(Path file) throws IOException {
        return new WatchedKeyRing(file, KeyRing.read(file));
    }

    /** As it was read last. */
    @Override
    public KeyRing get() {
        return ring;
    }

    /** Reads the file again, and tells whether the ring is another one. One that cannot be read leaves it as it was. */
    public boolean look() {
        KeyRing now;
        try {
            now = KeyRing.read(file);
        } catch (IOException e) {
            if (readable) {
                readable = false;
                LOG.warn("the key ring stays as it was: {}", e.toString());
            }
            return false;
        }
        readable = true;
        if (now.equals(ring)) {
            return false;
        }
        ring = now;
        LOG.info("the key ring has changed keys={} active={} retiring={}", now.ids(), now.activeId(), now.retiring());
        return true;
    }
}
