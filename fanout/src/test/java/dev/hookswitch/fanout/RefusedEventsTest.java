package dev.hookswitch.fanout;

import static dev.hookswitch.fanout.Samples.RINGYO;
import static dev.hookswitch.fanout.Samples.RING_TONIC;
import static dev.hookswitch.fanout.Samples.WORKSPACE;
import static dev.hookswitch.fanout.Samples.event;
import static dev.hookswitch.fanout.Samples.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedEventsTest {
    private final FanoutDriver fanout = new FanoutDriver(Map.of("events.max-bytes", "1048576"));

    @AfterEach
    void close() {
        fanout.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json                                                                     | not_json",
                "{\"id\":\"e\"                                                                | not_json",
                "{} {}                                                                        | not_json",
                "[1,2]                                                                        | not_an_object",
                "{}                                                                           | missing_field /id",
                "{\"id\":\"e\"}                                                               | missing_field /type",
                "{\"id\":7,\"type\":\"t\",\"tenant\":\"a\"}                                   | invalid_field /id",
                "{\"id\":\"e\",\"type\":\"t\"}                                                | missing_field /tenant",
                "{\"id\":\"e\",\"type\":\"t\",\"tenant\":\"a/b\",\"occurred_at\":\"\"}        | invalid_field /tenant",
                "{\"id\":\"e\",\"type\":\"t\",\"tenant\":\"a\",\"occurred_at\":\"today\"}     | invalid_field /occurred_at",
                "{\"id\":\"e\",\"type\":\"t\",\"tenant\":\"a\",\"occurred_at\":\"2026-01-15T14:30:00Z\"} | missing_field /data",
                "{\"id\":\"e\",\"type\":\"t\",\"tenant\":\"a\",\"occurred_at\":\"2026-01-15T14:30:00Z\",\"data\":[]} | invalid_field /data",
            })
    void malformedRecordSaysWhatIsWrongAndWhere(String value, String expected) {
        fanout.event(value.getBytes(UTF_8));

        assertThat(fanout.refused()).containsExactly(expected);
    }

    @Test
    void recordWithoutValueOrTooLargeIsRefused() {
        fanout.event(null);
        fanout.event(new byte[0]);
        fanout.event(new byte[1_048_577]);

        assertThat(fanout.refused()).containsExactly("empty", "empty", "too_large");
        assertThat(fanout.count("dead.letters", "reason", "empty")).isEqualTo(2);
        assertThat(fanout.count("events")).isEqualTo(3);
        assertThat(fanout.count("accepted")).isZero();
    }

    @Test
    void deadLetterKeepsKeyValueAndHeadersAsTheyCame() {
        byte[] key = {0, (byte) 0xff, 7};
        byte[] value = {'{', (byte) 0xfe, 0};
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", "abc".getBytes(UTF_8));
        headers.add("trace", new byte[] {(byte) 0x80});
        headers.add("none", null);
        fanout.event(new byte[] {1});
        fanout.deadLetters();

        fanout.event(key, value, headers, Instant.EPOCH);

        TestRecord<byte[], byte[]> letter = fanout.deadLetters().get(0);
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers().toArray()).startsWith(headers.toArray());
        assertThat(FanoutDriver.header(letter, "hs-reason")).isEqualTo("not_json");
        assertThat(FanoutDriver.header(letter, "hs-pointer")).isEmpty();
        assertThat(FanoutDriver.header(letter, "hs-message")).contains("JSON");
        assertThat(FanoutDriver.header(letter, "hs-source")).isEqualTo(fanout.topics.events() + ":0:1");
        assertThat(FanoutDriver.header(letter, "hs-failed-at-ms"))
                .isEqualTo(Long.toString(FanoutDriver.NOW.toEpochMilli()));
        assertThat(letter.getRecordTime()).isEqualTo(FanoutDriver.NOW);
    }

    @Test
    void recordWithoutKeyStaysWithoutKey() {
        fanout.event(null, new byte[] {1}, new RecordHeaders(), FanoutDriver.NOW);

        assertThat(fanout.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.key()).isNull());
    }

    @Test
    void partitionMovesOnAfterABadRecord() {
        fanout.subscribe(subscription("wh_1", RINGYO, "*"));

        fanout.event(new byte[] {1});
        fanout.event(event("evt_1", RINGYO, "call.failed"));
        fanout.event(null);

        assertThat(fanout.deliveredTo()).containsExactly("wh_1");
        assertThat(fanout.refused()).hasSize(2);
    }

    @Test
    void breachOfTheSchemaPointsIntoTheData() {
        fanout.subscribe(subscription("wh_1", RING_TONIC, "*"));

        fanout.event(event(
                "evt_1",
                "call.blocked",
                WORKSPACE,
                "{\"blocked_number\":\"+1\",\"called_number\":\"+2\",\"campaign\":{\"id\":\"one\"}}"));
        fanout.event(event("evt_2", "call.blocked", WORKSPACE, "{\"called_number\":\"+2\"}"));

        assertThat(fanout.refused()).containsExactly("schema /data/campaign/id", "schema /data/blocked_number");
        assertThat(fanout.deliveries()).isEmpty();
        assertThat(fanout.outcomes()).isEmpty();
    }

    @Test
    void typeThatNoProfileOfTheTenantKnowsIsRefused() {
        fanout.subscribe(subscription("wh_1", RINGYO, "*", "recording.available"));

        fanout.event(event("evt_1", RING_TONIC, "recording.available"));

        assertThat(fanout.refused()).containsExactly("unknown_type /type");
    }

    /** Each number of 5 bytes takes 22 in a body: an event within its limit would outgrow what Kafka takes. */
    @Test
    void eventWhoseBodyWouldOutgrowKafkaIsRefused() {
        fanout.subscribe(subscription("wh_1", Samples.STANDARD, "*"));
        String numbers = "1e20,".repeat(200_000) + "1";

        fanout.event(event("evt_1", "order.paid", null, "{\"n\":[" + numbers + "]}"));

        assertThat(fanout.refused()).containsExactly("too_large");
        assertThat(fanout.deliveries()).isEmpty();
    }

    @Test
    void deadLetterThatWouldBeTooLargeForKafkaGoesWithoutValue() {
        fanout.event("key".getBytes(UTF_8), new byte[2 * 1024 * 1024], new RecordHeaders(), FanoutDriver.NOW);

        TestRecord<byte[], byte[]> letter = fanout.deadLetters().get(0);
        assertThat(letter.value()).isNull();
        assertThat(FanoutDriver.header(letter, "hs-reason")).isEqualTo("too_large");
        assertThat(FanoutDriver.header(letter, "hs-omitted-bytes")).isEqualTo("2097152");
        assertThat(FanoutDriver.header(letter, "hs-source")).isEqualTo(fanout.topics.events() + ":0:0");
    }

    @Test
    void eventWhoseRecordsKafkaRefusedBeforeBecomesADeadLetter() {
        fanout.subscribe(subscription("wh_1", RINGYO, "*"));
        fanout.oversized.remember(new Source(fanout.topics.events(), 0, 0));

        fanout.event(event("evt_1", RINGYO, "call.failed"));
        fanout.event(event("evt_2", RINGYO, "call.failed"));

        assertThat(fanout.refused()).containsExactly("too_large");
        assertThat(fanout.deliveredTo()).containsExactly("wh_1");
    }

    /** An operator's schema with a regular expression that exhausts the stack on a long text. */
    @Test
    void eventOnWhichTheFanoutItselfFailsBecomesADeadLetter(@TempDir Path folder) throws IOException {
        Path events = Files.createDirectories(folder.resolve("own/events"));
        Files.writeString(folder.resolve("own/profile.json"), """
                {"name": "own", "title": "Own", "envelope": [{"field": "data", "value": "data"}],
                 "time_format": "uuuu", "signature": null, "retry_delays": [], "attempt_deadline": "PT5S",
                 "disable": {"after": 10, "counting": "attempts", "at_once_on_gone": false},
                 "https_only": true, "secret_overlap": false,
                 "event_types": [{"type": "note.taken", "description": "any"}]}
                """);
        Files.writeString(
                events.resolve("note.taken.schema.json"), "{\"properties\": {\"text\": {\"pattern\": \"^(a|b)*$\"}}}");
        Files.writeString(events.resolve("note.taken.sample.json"), "{\"text\": \"ab\"}");
        try (FanoutDriver own = new FanoutDriver(Map.of("profiles.folder", folder.toString()))) {
            own.subscribe(Samples.subscription("acme", "wh_1", "own", Set.of("*"), true, 1));

            own.event(event("evt_1", "note.taken", null, "{\"text\":\"" + "a".repeat(200_000) + "\"}"));
            own.event(event("evt_2", "note.taken", null, "{\"text\":\"a\"}"));

            assertThat(own.refused()).containsExactly("internal_error");
            assertThat(own.deliveredTo()).containsExactly("wh_1");
        }
    }

    @Test
    void breachOfTheSchemaIsDeliveredAndCountedWhenTheSettingsSaySo() {
        try (FanoutDriver warning = new FanoutDriver(Map.of("events.schema-check", "warn"))) {
            warning.subscribe(subscription("wh_1", RINGYO, "*"));

            warning.event(event("evt_1", "call.failed", null, "{}"));

            assertThat(warning.deliveredTo()).containsExactly("wh_1");
            assertThat(warning.refused()).isEmpty();
            assertThat(warning.count("schema.warnings", "type", "call.failed")).isEqualTo(1);
        }
    }
}
