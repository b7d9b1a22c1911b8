package dev.hookswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final String VARIABLE = "HOOKSWITCH_SECRETS_KEY_RING";

    private static Map<String, String> beside(String... arguments) {
        return Commands.besideStandalone(Map.of(), arguments);
    }

    private static String keyRingIn(String folder) {
        return Site.keyRing(Path.of(folder)).toString();
    }

    @Test
    void takesTheKeyRingOfTheDefaultDataFolder() {
        assertThat(beside("endpoint", "list")).containsEntry(VARIABLE, keyRingIn(".hookswitch"));
    }

    @Test
    void takesTheKeyRingOfTheDataFolderThatTheCommandLineSets() {
        assertThat(beside("endpoint", "list", "--set", "standalone.data-folder=/srv/hooks"))
                .containsEntry(VARIABLE, keyRingIn("/srv/hooks"));
        assertThat(beside("endpoint", "list", "--set=standalone.data-folder=/srv/a=b", "--set", "retry.tiers=1s"))
                .containsEntry(VARIABLE, keyRingIn("/srv/a=b"));
    }

    @Test
    void leavesAKeyRingThatTheOperatorNames() {
        assertThat(beside("endpoint", "list", "--set", "secrets.key-ring=/etc/keys.json"))
                .doesNotContainKey(VARIABLE);
        Map<String, String> named = Map.of(VARIABLE, "/etc/keys.json");
        assertThat(Commands.besideStandalone(named, "endpoint", "list")).containsAllEntriesOf(named);
    }

    @Test
    void takesTheBrokerOfStandaloneUnlessTheOperatorNamesOne() {
        Map<String, String> port = Map.of("HOOKSWITCH_STANDALONE_KAFKA_PORT", "19092");
        assertThat(Commands.besideStandalone(port, "endpoint", "list"))
                .containsEntry("HOOKSWITCH_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:19092");
        Map<String, String> named = Map.of("HOOKSWITCH_KAFKA_BOOTSTRAP_SERVERS", "kafka.example.com:9092");
        assertThat(Commands.besideStandalone(named, "endpoint", "list")).containsAllEntriesOf(named);
    }

    @Test
    void anIncompleteOptionIsTheCommandsToReport() {
        assertThat(beside("endpoint", "list", "--set")).containsEntry(VARIABLE, keyRingIn(".hookswitch"));
    }
}
