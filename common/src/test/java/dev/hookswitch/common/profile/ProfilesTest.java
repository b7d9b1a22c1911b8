package dev.hookswitch.common.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {
    private static final String ACME = """
            {
              "name": "acme",
              "title": "Acme",
              "envelope": [{"field": "kind", "value": "event_type"}, {"field": "body", "value": "data"}],
              "time_format": "uuuu-MM-dd",
              "signature": {
                "header": "X-Acme", "prefix": "", "each": "{mac}", "separator": null,
                "signed_prefix": "", "encoding": "hex", "key": "secret_text"
              },
              "retry_delays": ["PT1S", "PT5S"],
              "attempt_deadline": "PT3S",
              "disable": {"after": 3, "counting": "attempts", "at_once_on_gone": true},
              "https_only": false,
              "secret_overlap": false,
              "event_types": [{"type": "a.b", "description": "An event"}]
            }
            """;

    @TempDir
    Path folder;

    @Test
    void comesWithTheThreeContracts() {
        Profiles profiles = Profiles.builtIn();
        assertThat(profiles.all()).extracting(LoadedProfile::name).containsExactly("ringyo", "ring-tonic", "standard");
        assertThat(profiles.get("ringyo").profile().maxAttempts()).isEqualTo(6);
        assertThat(profiles.get("ring-tonic").profile().maxAttempts()).isEqualTo(4);
        assertThat(profiles.get("standard").profile().attemptDeadline()).isEqualTo(Duration.ofSeconds(15));
        assertThat(profiles.get("ringyo").profile().knows("call.completed")).isTrue();
        assertThat(profiles.get("ringyo").profile().knows("call.blocked")).isFalse();
        assertThat(profiles.get("standard").profile().knows("any.thing")).isTrue();
        assertThat(profiles.find("acme")).isEmpty();
        assertThatThrownBy(() -> profiles.get("acme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile must be one of ringyo, ring-tonic, standard, was: acme");
    }

    @Test
    void theOperatorsFolderAddsProfilesToTheBuiltInOnes() throws IOException {
        writeAcme(ACME);
        Profiles profiles = Profiles.withFolder(folder);
        assertThat(profiles.all())
                .extracting(LoadedProfile::name)
                .containsExactly("ringyo", "ring-tonic", "standard", "acme");
        LoadedProfile acme = profiles.get("acme");
        assertThat(acme.profile().retryDelays()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(acme.profile().httpsOnly()).isFalse();
        assertThat(acme.sample("a.b")).isPresent();
        assertThat(acme.body(BodyWriterTest.event("a.b", "2026-01-15T14:30:00Z", "null", "{\"x\":1}"), "wh_1"))
                .asString()
                .isEqualTo("{\"kind\":\"a.b\",\"body\":{\"x\":1}}");
    }

    @Test
    void theOperatorsFolderReplacesABuiltInProfile() throws IOException {
        Path ringyo = Files.createDirectories(folder.resolve("ringyo"));
        Files.writeString(
                ringyo.resolve("profile.json"),
                ACME.replace("\"acme\"", "\"ringyo\"").replaceFirst("\\[\\{\"type\".*\\]", "null"));
        assertThat(Profiles.withFolder(folder).get("ringyo").profile().title()).isEqualTo("Acme");
    }

    @Test
    void filesAndHiddenFoldersBesideTheProfilesAreLeftAlone() throws IOException {
        writeAcme(ACME);
        Files.writeString(folder.resolve("README.md"), "ours");
        Files.createDirectories(folder.resolve("..2026_01_15_14_30_00.1"));
        assertThat(Profiles.withFolder(folder).all()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"acme\"            | \"other\"       | name must be that of its folder, was: other",
                "\"name\": \"acme\", | ``              | name is required",
                "\"title\": \"Acme\",| ``              | title is required",
                "\"envelope\"        | \"envelop\"     | envelope is required",
                "\"title\"           | \"titel\": 1, \"title\" | titel: Unrecognized field \"titel\"",
                "\"value\": \"data\" | \"value\": \"webhook_id\" | envelope must have a field for data",
                "\"data\"            | \"date\"        | envelope[1].value: Cannot deserialize value of type",
                "\"field\": \"kind\",| ``              | envelope[0]: field is required",
                ", \"value\": \"event_type\" | ``      | envelope[0]: value is required",
                "uuuu-MM-dd          | bogus           | time_format must be a pattern for times",
                "\"PT1S\"            | \"1s\"          | retry_delays[0]: Cannot deserialize value of type",
                "\"PT1S\"            | \"PT9S\"        | retry_delays must be positive and ascending, was [PT9S, PT5S]",
                "\"PT1S\"            | \"PT0S\"        | retry_delays must be positive and ascending, was [PT0S, PT5S]",
                "\"PT3S\"            | \"soon\"        | attempt_deadline: Cannot deserialize value of type",
                "\"PT3S\"            | \"PT0S\"        | attempt_deadline must be positive, was PT0S",
                "\"PT3S\"            | null            | attempt_deadline is required",
                "\"after\": 3        | \"after\": 0    | disable: after must be 1 or more, was 0",
                "\"after\": 3,       | ``              | disable.after: ",
                "\"attempts\"        | \"days\"        | disable.counting: Cannot deserialize value of type",
                "\"hex\"             | \"hax\"         | signature.encoding: Cannot deserialize value of type",
                "{mac}               | mac             | signature: signature.each must contain {mac}, was: mac",
                "\"header\": \"X-Acme\", | ``          | signature: ",
                "X-Acme              | X-Acme\\r\\nX-Evil: 1 | signature: signature.header must be a token",
                "X-Acme              | X Acme          | signature: signature.header must be a token",
                "X-Acme              | ``              | signature: signature.header must be a token",
                "\"prefix\": \"\" | \"prefix\": \"a\\r\\n\" | signature: signature.prefix must be printable ASCII",
                "{mac}               | {mac}\\u0000   | signature: signature.each must be printable ASCII",
                "\"separator\": null | \"separator\": \"\\n\" | signature: signature.separator must be printable",
                "\"https_only\": false,  | ``          | https_only: ",
                "\"type\": \"a.b\",  | ``              | event_types[0]: type is required",
                "\"name\": \"acme\", | \"name\":       | Unexpected character",
                "\"An event\"}]      | \"An event\"}]} | Unexpected close marker",
            })
    void namesTheFileAndTheFieldThatIsWrong(String part, String replacement, String problem) throws IOException {
        String wrong = ACME.replace(part, replacement);
        assertThat(wrong).isNotEqualTo(ACME);
        writeAcme(wrong);
        assertThatThrownBy(() -> Profiles.withFolder(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("profile acme, profile.json: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.b.schema.json |       | cannot be read: java.nio.file.NoSuchFileException",
                "a.b.sample.json |       | cannot be read: java.nio.file.NoSuchFileException",
                "a.b.schema.json | {     | Unexpected end-of-input",
                "a.b.sample.json | {\"a\":} | Unexpected character",
                "a.b.schema.json | []    | must be a JSON object",
                "a.b.sample.json | 7     | must be a JSON object",
                "a.b.sample.json | {} {} | Trailing token",
                "a.b.schema.json | {\"type\": 5} | is no JSON Schema",
                "a.b.schema.json | {\"type\": \"objekt\"} | is no JSON Schema",
                "a.b.schema.json | {\"properties\": []} | is no JSON Schema",
                "a.b.schema.json | {\"pattern\": \"(\"} | is no JSON Schema",
                "a.b.schema.json | {\"$ref\": \"#/$defs/gone\"} | is no JSON Schema",
                "a.b.schema.json | {\"$ref\": \"http://127.0.0.1:1/x\"} | is no JSON Schema",
            })
    void namesTheEventFileThatIsWrong(String file, @Nullable String content, String problem) throws IOException {
        writeAcme(ACME);
        Path path = folder.resolve("acme/events").resolve(file);
        if (content == null) {
            Files.delete(path);
        } else {
            Files.writeString(path, content);
        }
        assertThatThrownBy(() -> Profiles.withFolder(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("profile acme, events/" + file + ": " + problem);
    }

    @Test
    void aSampleMustFitItsSchema() throws IOException {
        writeAcme(ACME);
        Path events = folder.resolve("acme/events");
        Files.writeString(events.resolve("a.b.schema.json"), "{\"type\": \"object\", \"required\": [\"x\"]}");
        Files.writeString(events.resolve("a.b.sample.json"), "{\"y\": 1}");
        assertThatThrownBy(() -> Profiles.withFolder(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("profile acme, events/a.b.sample.json: does not fit its schema: ")
                .hasMessageContaining("x");
    }

    @Test
    void namesAFolderWithoutProfileAndAFolderThatIsNotThere() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> Profiles.withFolder(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("profile empty, profile.json: cannot be read: ");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Profiles.withFolder(missing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(missing.toString());
    }

    private void writeAcme(String profile) throws IOException {
        Path events = Files.createDirectories(folder.resolve("acme/events"));
        Files.writeString(folder.resolve("acme/profile.json"), profile);
        Files.writeString(events.resolve("a.b.schema.json"), "{\"type\": \"object\"}");
        Files.writeString(events.resolve("a.b.sample.json"), "{}");
    }
}
