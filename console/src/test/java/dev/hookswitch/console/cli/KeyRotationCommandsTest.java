package dev.hookswitch.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A key that seals secrets is replaced by another, by command alone. */
@ExtendWith(KafkaExtension.class)
class KeyRotationCommandsTest {
    private final Deployment deployment;
    private final Map<String, String> environment;

    KeyRotationCommandsTest(KafkaCluster kafka, @TempDir Path folder) {
        this.deployment = Deployment.ready(kafka, folder);
        this.environment = EndpointCommandTest.environment(deployment);
    }

    @Test
    void aKeyComesTakesOverAndTheOldOneGoesWhenNothingNeedsIt() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(run(
                                    "endpoint",
                                    "add",
                                    "--tenant=acme",
                                    "--profile=ringyo",
                                    "--url=https://hooks.example.com/in",
                                    "--events=*")
                            .status())
                    .isZero();
        }
        assertThat(run("key-ring", "status").out())
                .isEqualToIgnoringNewLines(
                        "KEY  STATE   SECRETS  MAY BE REMOVED" + "k1   active  3        no: it seals");

        assertThat(run("key-ring", "add").out()).contains("k2 is on ", "key-ring activate k2");
        assertThat(run("key-ring", "activate", "k2").out()).contains("k2 seals from now on; retiring: k1");
        CommandRun early = run("key-ring", "remove", "k1");
        assertThat(early.status()).isEqualTo(1);
        assertThat(early.err()).isEqualToIgnoringNewLines("k1 cannot be removed: 3 secrets are sealed under it");

        CommandRun resealed = run("key-ring", "reseal", "--per-second=2");
        assertThat(resealed.status()).isZero();
        assertThat(resealed.out())
                .contains("sealed anew: 2 endpoints, left: 1", "sealed anew: 3 endpoints, left: 0")
                .contains("k1   retiring  0        yes", "k2   active    3        no: it seals");
        assertThat(run("key-ring", "remove", "k1").out()).contains("k1 is off ", "left: k2");
        assertThat(KeyRing.read(deployment.keyRing()).ids()).containsExactly("k2");
    }

    @Test
    void whatCannotBeDoneIsOneLineAndChangesNothing() throws IOException {
        KeyRing before = KeyRing.read(deployment.keyRing());

        assertRefused("a new key's id must have", "key-ring", "add", "--id=k1");
        assertRefused("key ring has no key k9", "key-ring", "activate", "k9");
        assertRefused("k1 is the active key: activate another one first", "key-ring", "remove", "k1");
        assertRefused("--per-second must be at least 1, was 0", "key-ring", "reseal", "--per-second=0");
        CommandRun without = run("key-ring", "add", "--set=secrets.key-ring=");
        assertThat(without.status()).isEqualTo(2);
        assertThat(without.err())
                .contains("secrets.key-ring must name a key ring file")
                .hasLineCount(1);
        assertThat(KeyRing.read(deployment.keyRing())).isEqualTo(before);
    }

    private void assertRefused(String why, String... args) {
        CommandRun refused = run(args);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains(why).hasLineCount(1);
        assertThat(refused.out()).isEmpty();
    }

    private CommandRun run(String... args) {
        return CommandRun.of(environment, args);
    }
}
