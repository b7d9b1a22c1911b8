package dev.hookswitch.common.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedKeyRingTest {
    @TempDir
    Path folder;

    @Test
    void seesAChangeOnceAndKeepsARingWhoseFileCannotBeRead() throws IOException {
        Path file = folder.resolve("ring.json");
        KeyRing first = KeyRing.readOrCreate(file, new SecureRandom());
        WatchedKeyRing watched = WatchedKeyRing.open(file);
        assertThat(watched.look()).isFalse();

        Files.move(file, folder.resolve("away.json"));
        assertThat(watched.look()).isFalse();
        Files.writeString(file, "{");
        assertThat(watched.look()).isFalse();
        assertThat(watched.get()).isEqualTo(first);

        Files.delete(file);
        Files.move(folder.resolve("away.json"), file);
        assertThat(watched.look()).isFalse();
        KeyRing second = KeyRing.change(file, ring -> ring.withNew("k2", new SecureRandom()));
        assertThat(watched.look()).isTrue();
        assertThat(watched.get()).isEqualTo(second);
        assertThat(watched.look()).isFalse();
    }
}
