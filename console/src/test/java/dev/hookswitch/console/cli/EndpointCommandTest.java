package dev.hookswitch.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class EndpointCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWN_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Path folder;
    private final Deployment deployment;
    private final Map<String, String> environment;

    EndpointCommandTest(KafkaCluster kafka, @TempDir Path folder) {
        this.folder = folder;
        this.deployment = Deployment.ready(kafka, folder);
        this.environment = environment(deployment);
    }

    @Test
    void addShowsTheSecretOnce() {
        CommandRun added = add("--name", "Front desk");

        assertThat(added.status()).isZero();
        assertThat(added.err()).isEmpty();
        assertThat(added.out())
                .containsPattern("wh_[0-9A-Za-z]{22} is made for tenant acme with profile ringyo")
                .containsOnlyOnce("whsec_")
                .contains("It won't be shown again.");
        assertThat(run("endpoint", "list").out()).contains("Front desk").doesNotContain("whsec_");
    }

    @Test
    void addAnswersMachinesInTheVendorsShape() throws IOException {
        JsonNode created = JSON.readTree(add("--json").out());

        assertThat(created.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("webhook_id", "secret", "message");
        assertThat(created.path("secret").asText()).matches("whsec_[A-Za-z0-9+/]{43}=");
    }

    @Test
    void addReadsASecretFromStandardInput() throws IOException {
        CommandRun added = CommandRun.reading(
                OWN_SECRET + "\n",
                environment,
                "endpoint",
                "add",
                "--tenant=acme",
                "--profile=ring-tonic",
                "--url=https://hooks.example.com/in",
                "--events=call.missed",
                "--secret",
                "-");

        assertThat(added.out()).contains(OWN_SECRET);
        Subscription written = Wire.read(
                deployment
                        .kafka()
                        .readAll(deployment.topics().subscriptions())
                        .get(0)
                        .value(),
                Subscription.class);
        assertThat(new SecretSealer(KeyRing.read(deployment.keyRing()), new SecureRandom())
                        .open(written.id(), written.secrets().get(0))
                        .reveal())
                .isEqualTo(OWN_SECRET);
    }

    @Test
    void listsAnAlignedTable() {
        assertThat(run("endpoint", "list").out()).isEqualToIgnoringNewLines("no endpoints");
        String one = added();
        String other = added("--name", "Zoë");
        deployment.report(new EndpointStatus("acme", other, 1, EndpointStatus.State.FAILING, 3, null, 0));

        List<String> lines =
                run("endpoint", "list", "--tenant", "acme").out().lines().toList();

        assertThat(lines)
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains(one, " active "))
                .anySatisfy(line -> assertThat(line).contains(other, "failing (3)", "Zoë"))
                .allSatisfy(line -> assertThat(line.indexOf("hooks.example.com"))
                        .isIn(-1, lines.get(0).indexOf("URL") + "https://".length()));
        assertThat(run("endpoint", "list", "--tenant", "nobody").out()).isEqualToIgnoringNewLines("no endpoints");
    }

    @Test
    void listsForMachinesWithoutSecrets() throws IOException {
        String id = added("--name", "Front desk");

        JsonNode list = JSON.readTree(run("endpoint", "list", "--json").out());

        assertThat(list).hasSize(1);
        assertThat(list.get(0)).isEqualTo(JSON.readTree("""
                                {"webhook_id": "%s", "tenant": "acme", "profile": "ringyo", "name": "Front desk",
                                 "url": "https://hooks.example.com/in", "events": ["call.completed", "credits.low"],
                                 "status": "active", "consecutive_failures": 0, "activation": 1, "revision": 1,
                                 "created_at": "%s", "updated_at": "%s"}""".formatted(id, CommandRun.NOW, CommandRun.NOW)));
    }

    @Test
    void switchesOffAndOnAndRemoves() throws IOException {
        String id = added();

        assertThat(run("endpoint", "disable", id).out()).isEqualToIgnoringNewLines(id + " is inactive");
        assertThat(run("endpoint", "show", id).out()).containsPattern("status +inactive");
        assertThat(run("endpoint", "enable", id).out()).isEqualToIgnoringNewLines(id + " is active");
        deployment.report(
                new EndpointStatus("acme", id, 2, EndpointStatus.State.DISABLED, 10, "10 failed attempts", 0));
        assertThat(run("endpoint", "show", id).out())
                .containsPattern("status +disabled")
                .contains("10 failed attempts");
        assertThat(run("endpoint", "enable", id).out()).isEqualToIgnoringNewLines(id + " is active");
        assertThat(JSON.readTree(run("endpoint", "show", id, "--json").out())
                        .path("activation")
                        .asInt())
                .isEqualTo(3);
        assertThat(run("endpoint", "remove", id).out()).isEqualToIgnoringNewLines(id + " is removed");
        assertThat(run("endpoint", "list").out()).isEqualToIgnoringNewLines("no endpoints");
    }

    @Test
    void limitsDeliveriesPerSecond() throws IOException {
        String id = added("--max-per-second", "2.50");

        assertThat(run("endpoint", "show", id).out()).containsPattern("limit +at most 2.5 a second");
        assertThat(run("endpoint", "limit", id, "--max-per-second", "100").out())
                .isEqualToIgnoringNewLines(id + " gets at most 100 a second");
        assertThat(JSON.readTree(run("endpoint", "show", id, "--json").out())
                        .path("max_per_second")
                        .asDouble())
                .isEqualTo(100);
        assertThat(run("endpoint", "limit", id, "--max-per-second", "0"))
                .isEqualTo(failed("invalid_max_per_second: max_per_second must be from 0.01 to 100000, was 0.0"));
        assertThat(run("endpoint", "limit", id).out())
                .isEqualToIgnoringNewLines(id + " gets as many a second as the deployment allows");
    }

    @Test
    void setsTheDelaysOfRetries() throws IOException {
        String id = added("--retry-delays", "5s,120s");

        assertThat(run("endpoint", "show", id).out()).containsPattern("retries +after 5s, 2m");
        assertThat(run("endpoint", "retries", id, "--delays", "1s,10m").out())
                .isEqualToIgnoringNewLines(id + " is tried again after 1s, 10m");
        assertThat(JSON.readTree(run("endpoint", "show", id, "--json").out()).path("retry_delays"))
                .extracting(JsonNode::asText)
                .containsExactly("1s", "10m");
        assertThat(run("endpoint", "retries", id, "--delays", "1s,1h"))
                .isEqualTo(failed("invalid_retry_delays: retry_delays must be tiers of this deployment, which are"
                        + " 1s,5s,30s,2m,10m; was: 1h"));
        assertThat(run("endpoint", "retries", id, "--default").out())
                .isEqualToIgnoringNewLines(id + " is tried again as profile ringyo says");
        assertThat(run("endpoint", "show", id).out()).containsPattern("retries +as profile ringyo says");
        assertThat(run("endpoint", "retries", id).status()).as("neither").isEqualTo(2);
        assertThat(run("endpoint", "retries", id, "--default", "--delays", "1s").status())
                .as("both")
                .isEqualTo(2);
    }

    @Test
    void refusalsAreOneLineWithTheirCode() {
        assertThat(run("endpoint", "disable", "wh_nobody"))
                .isEqualTo(failed("webhook_not_found: webhook_id names no endpoint: wh_nobody"));
        CommandRun events = run(
                "endpoint", "add", "--tenant=acme", "--profile=ringyo", "--url=https://a.example.com", "--events=nope");
        assertThat(events.status()).isEqualTo(1);
        assertThat(events.err())
                .startsWith("invalid_events: events must be types")
                .hasLineCount(1);
        CommandRun url =
                run("endpoint", "add", "--tenant=acme", "--profile=ringyo", "--url=http://a.example.com", "--events=*");
        assertThat(url.err())
                .startsWith("invalid_url: url must begin with https://")
                .hasLineCount(1);
    }

    @Test
    void aMissingKeyRingIsAnErrorOfTheSettings() {
        CommandRun refused = add("--set", "secrets.key-ring=");

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err())
                .contains("1 problem: secrets.key-ring must name a key ring file", "key-ring create FILE")
                .hasLineCount(1);
    }

    @Test
    void theCommandLineWinsOverEnvironmentAndFile() throws IOException {
        Path file = folder.resolve("hookswitch.properties");
        Files.writeString(file, "kafka.bootstrap.servers=localhost:1\nsecrets.key-ring=" + deployment.keyRing() + "\n");
        Map<String, String> fileOnly = new HashMap<>(environment);
        fileOnly.remove(Settings.environmentName("kafka.bootstrap.servers"));
        fileOnly.put("HOOKSWITCH_CONFIG", file.toString());

        CommandRun listed = CommandRun.of(
                fileOnly,
                "endpoint",
                "list",
                "--bootstrap-server",
                deployment.kafka().bootstrapServers());

        assertThat(listed.status()).isZero();
    }

    @Test
    void missingTopicsAreNamed(KafkaCluster kafka, @TempDir Path elsewhere) {
        Deployment bare = Deployment.bare(kafka, elsewhere);

        CommandRun refused = CommandRun.of(environment(bare), "endpoint", "list");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains(bare.topics().subscriptions() + " is missing", "run `hookswitch topics apply`")
                .hasLineCount(1);
    }

    private String added(String... more) {
        return add(more).out().split(" ", 2)[0];
    }

    private CommandRun add(String... more) {
        String[] args = {
            "endpoint",
            "add",
            "--tenant=acme",
            "--profile=ringyo",
            "--url=https://hooks.example.com/in",
            "--events=credits.low,call.completed"
        };
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return run(all);
    }

    private CommandRun run(String... args) {
        return CommandRun.of(environment, args);
    }

    private static CommandRun failed(String line) {
        return new CommandRun(1, "", line + System.lineSeparator());
    }

    static Map<String, String> environment(Deployment deployment) {
        Map<String, String> environment = new HashMap<>();
        deployment.overrides().forEach((key, value) -> environment.put(Settings.environmentName(key), value));
        return environment;
    }
}
