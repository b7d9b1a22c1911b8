package dev.hookswitch.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleMainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "endpoint",
                "endpoint frobnicate",
                "endpoint add --tenant=acme",
                "endpoint show",
                "endpoint list --set nonsense",
                "topics",
                "tenant create acme",
                "key create --scopes events:write",
                "key create --tenant a --every-tenant --scopes events:write",
                "key-ring create",
            })
    void wrongUsageIsStatusTwo(String line) {
        CommandRun run = CommandRun.of(Map.of(), line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: hookswitch-console").doesNotContain("\tat ");
    }

    @Test
    void unknownSettingsAreStatusTwoInOneLine() {
        CommandRun run = CommandRun.of(Map.of(), "topics", "plan", "--set", "topics.partition=3");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("did you mean topics.partitions?").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "endpoint --help",
                "endpoint add -h",
                "topics plan --help",
                "tenant --help",
                "key create -h",
                "key-ring create -h"
            })
    void helpIsNoError(String line) {
        CommandRun run = CommandRun.of(Map.of(), line.split(" ", -1));

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: hookswitch-console");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aKafkaThatDoesNotAnswerIsNamedInOneLine() {
        CommandRun run = CommandRun.of(
                Map.of(),
                "endpoint",
                "list",
                "--bootstrap-server=127.0.0.1:1",
                "--set=kafka.default.api.timeout.ms=2000",
                "--set=kafka.request.timeout.ms=1000");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("bootstrap servers: 127.0.0.1:1").hasLineCount(1);
    }

    @Test
    void aPersonWaitsTenSecondsAndNotKafkasMinuteUnlessItIsSet() {
        ConnectionOptions options = new ConnectionOptions();
        assertThat(options.settings(Map.of()).kafka())
                .containsEntry("default.api.timeout.ms", "10000")
                .containsEntry("request.timeout.ms", "5000");

        options.overrides.put("kafka.request.timeout.ms", "1000");
        assertThat(options.settings(Map.of()).kafka())
                .containsEntry("request.timeout.ms", "1000")
                .doesNotContainKey("default.api.timeout.ms");
    }

    @Test
    void aServerNameThatNobodyKnowsIsOneLine() {
        CommandRun run = CommandRun.of(Map.of(), "topics", "plan", "--bootstrap-server", "kafka.invalid:9092");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("bootstrap").hasLineCount(1);
    }

    @Test
    void aContextDoesNotPrintItsEnvironment() {
        assertThat(CommandContext.system().toString()).isEqualTo("CommandContext");
    }
}
