package dev.hookswitch.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(KafkaExtension.class)
class RecoveryCommandsTest {
    private final Map<String, String> environment;
    private final String endpoint;

    RecoveryCommandsTest(KafkaCluster kafka, @TempDir Path folder) {
        environment = EndpointCommandTest.environment(Deployment.ready(kafka, folder));
        endpoint = run(
                        "endpoint",
                        "add",
                        "--tenant=acme",
                        "--profile=standard",
                        "--url=https://a.example.com",
                        "--events=*")
                .out()
                .split(" ", 2)[0];
    }

    @Test
    void recoverTellsTheCountFirstAndWhatBecameOfIt() {
        CommandRun run = run("endpoint", "recover", endpoint, "--since", "2026-01-15T13:30:00Z");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(line -> line.replaceFirst("rec_[0-9a-f]{20}", "rec")))
                .containsExactly(
                        "rec begins: 0 deliveries that " + endpoint + " did not get since 2026-01-15T13:30:00Z",
                        "rec is done: 0 put once more, 0 no longer kept by Kafka, 0 of which no body can be made");
        assertThat(run.status()).isZero();
    }

    @Test
    void sinceMayBeHowLongAgo() {
        assertThat(run("endpoint", "replay", endpoint, "--since", "24h", "--dry-run")
                        .out())
                .isEqualToIgnoringNewLines(
                        "0 events that " + endpoint + " missed since 2026-01-14T14:30:00Z; nothing was put");
    }

    @Test
    void refusalsAreOneLineWithTheirCode() {
        assertThat(run("endpoint", "recover", endpoint, "--since=1h", "--per-second=0"))
                .isEqualTo(failed("invalid_per_second: per_second must be from 0.01 to 100000, was 0.0"));
        assertThat(run("endpoint", "recover", endpoint, "--cancel"))
                .isEqualTo(failed("no_recovery: " + endpoint + " has no recovery that has not ended"));
        assertThat(run("endpoint", "replay", "wh_nobody", "--since=1h"))
                .isEqualTo(failed("webhook_not_found: webhook_id names no endpoint: wh_nobody"));
        assertThat(run("endpoint", "retry", "msg_1", "--endpoint", endpoint))
                .isEqualTo(failed("delivery_not_found: delivery id must be msg_ and 26 digits in base 32"));
        assertThat(run("endpoint", "retry", "msg_01HM6AQH20XC2C1HKMS4ACVAJW").err())
                .startsWith("delivery_not_found: no delivery msg_01HM6AQH20XC2C1HKMS4ACVAJW has ended")
                .hasLineCount(1);
        run("endpoint", "disable", endpoint);
        assertThat(run("endpoint", "recover", endpoint, "--since=1h").err())
                .startsWith("endpoint_disabled: " + endpoint + " is inactive")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "24", "2026-01-15", "-1h"})
    void whatIsNoTimeIsRefusedWithTheRule(String since) {
        CommandRun refused = run("endpoint", "recover", endpoint, "--since=" + since);

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("must be a time such as 2026-01-15T14:30:00Z, or how long ago such as 24h; was: " + since);
        CommandRun missing = run("endpoint", "recover", endpoint);
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).isEqualToIgnoringNewLines("--since TIME is required");
    }

    private CommandRun run(String... args) {
        return CommandRun.of(environment, args);
    }

    private static CommandRun failed(String line) {
        return new CommandRun(1, "", line + System.lineSeparator());
    }
}
