package dev.hookswitch.common.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Map<String, String> NONE = Map.of();

    @TempDir
    Path folder;

    @Test
    void laterSourcesWin() throws IOException {
        Path file = file("ingest.port=2\ningest.host=two\negress.proxy.password=two\n");
        Map<String, String> environment = Map.of("HOOKSWITCH_INGEST_PORT", "3", "HOOKSWITCH_INGEST_HOST", "three");
        Settings settings = Settings.load(file, environment, Map.of("ingest.port", "4"));
        SettingsReader reader = settings.reader();
        assertThat(reader.integer("ingest.port", 0, 9)).isEqualTo(4);
        assertThat(reader.text("ingest.host")).isEqualTo("three");
        assertThat(reader.text("egress.proxy.password")).isEqualTo("two");
        assertThat(reader.text("management.port")).isEqualTo(Settings.defaults().get("management.port"));
    }

    @Test
    void aFileIsUtf8AndItsValuesAreTrimmed() throws IOException {
        Path file = file("# comment\n\ningest.host =  b\u00fccher  \negress.proxy.password=\\u00e4\n");
        SettingsReader reader = Settings.load(file, NONE, NONE).reader();
        assertThat(reader.text("ingest.host")).isEqualTo("b\u00fccher");
        assertThat(reader.text("egress.proxy.password")).isEqualTo("\u00e4");
    }

    @ParameterizedTest
    @CsvSource({
        "dispatcher.max-in-flight,               HOOKSWITCH_DISPATCHER_MAX_IN_FLIGHT",
        "topics.events.partitions,               HOOKSWITCH_TOPICS_EVENTS_PARTITIONS",
        "retry-scheduler.state-folder,           HOOKSWITCH_RETRY_SCHEDULER_STATE_FOLDER",
        "kafka.bootstrap.servers,                HOOKSWITCH_KAFKA_BOOTSTRAP_SERVERS",
    })
    void everySettingHasItsVariable(String key, String variable) {
        assertThat(Settings.environmentName(key)).isEqualTo(variable);
        Settings settings = Settings.load(null, Map.of(variable, "mine"), NONE);
        assertThat(settings.reader().text(key)).isEqualTo("mine");
    }

    @Test
    void noTwoSettingsShareAVariable() {
        assertThat(Settings.defaults().keySet().stream().map(Settings::environmentName))
                .doesNotHaveDuplicates();
    }

    @Test
    void anyKafkaPropertyPassesThroughFromEverySource() throws IOException {
        Path file = file("kafka.consumer.max.poll.records=7\n");
        Map<String, String> environment =
                Map.of("HOOKSWITCH_KAFKA_SECURITY_PROTOCOL", "SSL", "HOOKSWITCH_KAFKA_PRODUCER_LINGER_MS", "9");
        Settings settings = Settings.load(file, environment, Map.of("kafka.client.rack", "a"));
        assertThat(settings.kafka())
                .containsEntry("bootstrap.servers", "localhost:9092")
                .containsEntry("consumer.max.poll.records", "7")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("producer.linger.ms", "9")
                .containsEntry("client.rack", "a")
                .hasSize(5);
    }

    @Test
    void variablesOfOthersAndOfTheLauncherAreNoSettings() {
        Map<String, String> environment = Map.of(
                "PATH", "/bin",
                "KAFKA_HOME", "/opt",
                "HOOKSWITCH_CONFIG", "x",
                "HOOKSWITCH_JAVA_OPTS", "x",
                "HOOKSWITCH_HOME", "x",
                "HOOKSWITCH_LOG_FORMAT", "x");
        assertThat(Settings.load(null, environment, NONE).forLog())
                .isEqualTo(Settings.of(NONE).forLog());
    }

    @Test
    void everyUnknownKeyIsReportedWithTheNearestThatExists() throws IOException {
        Path file = file("dispatcher.lane=2\ntopic.prefix=x\n");
        Map<String, String> environment = Map.of("HOOKSWITCH_INGEST_PROT", "1");
        assertThatThrownBy(() -> Settings.load(file, environment, Map.of("egress.allow-cidr", "x")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("configuration: 4 problems\n"
                        + "  dispatcher.lane (file " + file + ") is not a setting; did you mean dispatcher.lanes?\n"
                        + "  topic.prefix (file " + file + ") is not a setting; did you mean topics.prefix?\n"
                        + "  ingest.prot (environment) is not a setting; did you mean ingest.port?\n"
                        + "  egress.allow-cidr (command line) is not a setting; did you mean egress.allow-cidrs?");
    }

    @Test
    void aFileThatCannotBeReadIsAProblemAmongOthers() throws IOException {
        Path missing = folder.resolve("missing.properties");
        assertThatThrownBy(() -> Settings.load(missing, NONE, Map.of("x", "y")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("2 problems")
                .hasMessageContaining("file " + missing + " cannot be read");
        Path malformed = file("ingest.host=\\u00g1\n");
        assertThatThrownBy(() -> Settings.load(malformed, NONE, NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("1 problem\n")
                .hasMessageContaining("file " + malformed + " cannot be read");
        Path latin1 = Files.write(folder.resolve("latin1"), "ingest.host=b\u00fccher".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> Settings.load(latin1, NONE, NONE))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("file " + latin1 + " cannot be read");
    }

    @Test
    void someValuesCanBeReplacedAndTheOriginalStays() {
        Settings original = Settings.of(Map.of("ingest.port", "1", "ingest.host", "one"));
        Settings changed = original.with(Map.of("ingest.port", "2"));
        assertThat(changed.reader().text("ingest.port")).isEqualTo("2");
        assertThat(changed.reader().text("ingest.host")).isEqualTo("one");
        assertThat(original.reader().text("ingest.port")).isEqualTo("1");
        assertThatThrownBy(() -> original.with(Map.of("ingest.prot", "2")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ingest.prot (override) is not a setting");
    }

    @Test
    void theLogHidesSecretsAndShowsTheRest() {
        Map<String, String> secrets = Map.of(
                "egress.proxy.password", "canary",
                "kafka.sasl.jaas.config", "canary",
                "kafka.ssl.key.password", "canary",
                "kafka.ssl.keystore.key", "canary",
                "kafka.producer.ssl.truststore.password", "canary",
                "kafka.sasl.oauthbearer.client.credentials.client.secret", "canary",
                "kafka.basic.auth.user.info", "canary");
        Map<String, String> shown =
                Settings.of(secrets).with(Map.of("ingest.host", "shown")).forLog();
        assertThat(shown.toString()).doesNotContain("canary");
        secrets.keySet().forEach(key -> assertThat(shown).containsEntry(key, "(hidden)"));
        assertThat(shown)
                .containsEntry("ingest.host", "shown")
                .containsEntry("kafka.bootstrap.servers", "localhost:9092");
        assertThat(Settings.of(NONE).forLog())
                .as("an empty secret is no secret")
                .containsEntry("egress.proxy.password", "");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("mine.properties"), content);
    }
}
