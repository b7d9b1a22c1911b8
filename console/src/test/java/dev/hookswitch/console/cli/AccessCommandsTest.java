package dev.hookswitch.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(KafkaExtension.class)
class AccessCommandsTest {
    private static final Pattern KEY = Pattern.compile("vb_live_[0-9A-Za-z]{49}");
    private static final Map<String, String> ENVIRONMENT = Map.of("USER", "ann");

    private final Deployment deployment;

    AccessCommandsTest(KafkaCluster kafka, @TempDir Path folder) {
        this.deployment = Deployment.ready(kafka, folder);
    }

    private CommandRun run(String... args) {
        return reading("", args);
    }

    private CommandRun reading(String stdin, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        deployment.overrides().forEach((key, value) -> {
            all.add("--set");
            all.add(key + "=" + value);
        });
        return CommandRun.reading(stdin, ENVIRONMENT, all.toArray(new String[0]));
    }

    private static String key(CommandRun created) {
        Matcher found = KEY.matcher(created.out());
        assertThat(found.find()).as(created.toString()).isTrue();
        return found.group();
    }

    @Test
    void aTenantIsMadeShownListedAndChanged() {
        CommandRun made = run("tenant", "create", "acme", "--profile", "ring-tonic", "--max-webhooks", "3");
        assertThat(made.err()).isEmpty();
        assertThat(made.out()).contains("acme", "ring-tonic", "in its plan");
        CommandRun updated = run(
                "tenant", "update", "acme", "--no-webhooks", "--workspace-id", "ws_1", "--workspace-name", "Acme Inc");
        assertThat(updated.out()).contains("not in its plan", "ws_1 Acme Inc").containsPattern("max webhooks +3");
        assertThat(run("tenant", "show", "acme", "--json").out().trim())
                .isEqualTo("{\"tenant\":\"acme\",\"profile\":\"ring-tonic\","
                        + "\"workspace\":{\"id\":\"ws_1\",\"name\":\"Acme Inc\"},\"webhooks\":false,"
                        + "\"limits\":{\"max_webhooks\":3},\"revision\":2,\"created_at\":\"2026-01-15T14:30:00Z\","
                        + "\"updated_at\":\"2026-01-15T14:30:00Z\"}");
        assertThat(run("tenant", "update", "acme", "--default-limits", "--json").out())
                .contains("\"limits\":{}");
        assertThat(run("tenant", "list").out()).contains("TENANT", "acme");
    }

    @Test
    void aKeyIsShownOnceAndRevokedByItselfOrItsId() {
        run("tenant", "create", "acme", "--profile", "ringyo");
        CommandRun first = run("key", "create", "--tenant", "acme", "--scopes", "events:write,webhooks:manage");
        assertThat(first.status()).as(first.toString()).isZero();
        CommandRun second =
                run("key", "create", "--every-tenant", "--scopes", "events:write", "--expires-in", "90d", "--json");
        assertThat(second.out())
                .contains("\"tenant\":\"*\"", "\"expires_at\":\"2026-04-15T14:30:00Z\"", "\"status\":\"active\"");
        CommandRun listed = run("key", "list");
        assertThat(listed.out())
                .contains(
                        "events:write,webhooks:manage",
                        "active",
                        ApiKey.parse(key(first)).orElseThrow().id())
                .doesNotContainPattern(KEY);

        CommandRun revoked = reading(key(first) + "\n", "key", "revoke", "-");
        assertThat(revoked.out()).contains(" of acme is revoked").doesNotContainPattern(KEY);
        assertThat(run("key", "revoke", ApiKey.parse(key(second)).orElseThrow().id())
                        .out())
                .contains(" of * is revoked");
        assertThat(run("key", "list", "--tenant", "acme", "--json").out())
                .contains("\"status\":\"revoked\"")
                .doesNotContain("\"*\"");
        assertThat(deployment.kafka().readAll(deployment.topics().audit()))
                .hasSize(5)
                .extracting(record -> Wire.read(record.value(), AuditRow.class).actor())
                .containsOnly("operator:ann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tenant create a/b --profile ringyo                        | invalid_tenant: ",
                "tenant create a --profile ringo                           | invalid_profile: ",
                "tenant create a --profile ringyo --workspace-id x         | invalid_workspace: ",
                "tenant create a --profile ringyo --requests-per-minute 0  | invalid_limits: requests_per_minute ",
                "tenant show nobody                                        | tenant_not_found: ",
                "tenant update nobody --no-webhooks                        | tenant_not_found: ",
                "key create --tenant nobody --scopes events:write          | tenant_not_found: ",
                "key create --tenant acme --scopes events:read             | invalid_scopes: ",
                "key create --every-tenant --scopes webhooks:read          | invalid_scopes: ",
                "key create --tenant acme --scopes events:write --expires-in soon | invalid_expiry: expires_in ",
                "key revoke key_none                                       | key_not_found: ",
                "key revoke -                                              | key_not_found: ",
            })
    void whatIsWrongIsOneLine(String line, String message) {
        CommandRun run = run(line.trim().split(" +", -1));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith(message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }
}
