package dev.hookswitch.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.sealing.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void makesAKeyRingForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("new/keys.json");

        CommandRun made = CommandRun.of(Map.of(), "key-ring", "create", file.toString());

        assertThat(made.status()).isZero();
        assertThat(made.out()).contains("secrets.key-ring=" + file, "HOOKSWITCH_SECRETS_KEY_RING=" + file);
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(KeyRing.read(file)).isNotNull();
    }

    @Test
    void leavesAFileThatIsThere() throws IOException {
        Path file = folder.resolve("keys.json");
        Files.writeString(file, "precious");

        CommandRun refused = CommandRun.of(Map.of(), "key-ring", "create", file.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).isEqualToIgnoringNewLines(file + " exists and is left as it is");
        assertThat(file).hasContent("precious");
    }

    @Test
    void aFolderThatCannotBeMadeIsOneLine() throws IOException {
        Path file = folder.resolve("a-file");
        Files.writeString(file, "");

        CommandRun failed = CommandRun.of(Map.of(), "key-ring", "create", file + "/keys.json");

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).startsWith("no key ring was made: ").hasLineCount(1);
    }
}
