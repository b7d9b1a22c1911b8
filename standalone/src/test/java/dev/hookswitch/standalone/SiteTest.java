package dev.hookswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads names options and settings, not the parameters of the embedded broker. */
class SiteTest {
    private static final Settings DEFAULTS = Settings.of(Map.of());

    @Test
    void aPortInUseIsNamedAsItsSetting(@TempDir Path data) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Site.open(DEFAULTS, data, port).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("standalone.kafka-port " + port + " on 127.0.0.1 is in use")
                    .hasMessageNotContaining("brokerPort");
        }
    }

    /** A new key ring in its place would silence every endpoint, and nobody would be told. */
    @Test
    void aLostKeyRingIsNotReplaced(@TempDir Path data) throws Exception {
        Files.createDirectories(data.resolve("kafka").resolve("log"));
        assertThatThrownBy(() -> Site.open(DEFAULTS, data, 0).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Site.keyRing(data) + " is gone");
        assertThat(Site.keyRing(data)).doesNotExist();
    }

    @Test
    void aFolderInUseIsNamedAsItsOption(@TempDir Path data) throws Exception {
        Path broker = Files.createDirectories(data.resolve("kafka"));
        try (FileChannel other = FileChannel.open(
                broker.resolve("embedded-kafka.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();
            assertThatThrownBy(() -> Site.open(DEFAULTS, data, 0).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "--data (standalone.data-folder): " + broker.toAbsolutePath() + " is in use")
                    .hasMessageNotContaining("dataDirectory");
        }
    }
}
