package dev.hookswitch.fanout;

import static dev.hookswitch.fanout.Samples.RINGYO;
import static dev.hookswitch.fanout.Samples.RING_TONIC;
import static dev.hookswitch.fanout.Samples.STANDARD;
import static dev.hookswitch.fanout.Samples.event;
import static dev.hookswitch.fanout.Samples.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static final String EVERY_EVENT = "*";

    /** From the page of Ringyo AI, as printed there. */
    private static final String RINGYO_DATA = """
              "data": {
                "call_id": "call_abc123",
                "agent_id": "agent_xyz",
                "phone_number": "+1234567890",
                "direction": "outbound",
                "duration_seconds": 145,
                "outcome": "appointment_booked",
                "transcript": "Agent: Hello! Thanks for calling...",
                "recording_url": "https://...",
                "extracted_data": {
                  "appointment_date": "2024-01-20",
                  "appointment_time": "14:00",
                  "customer_name": "John Smith"
                }
              }
            }
            """;

    private static final String RINGYO_PAGE = """
            {
              "event": "call.completed",
              "timestamp": "2024-01-15T10:30:00Z",
              "webhook_id": "wh_abc123",
            """ + RINGYO_DATA;

    /** From the page of Ring Tonic, as printed there. */
    private static final String RING_TONIC_DATA = """
              "workspace": {
                "id": 1,
                "name": "My Workspace"
              },
              "data": {
                "blocked_number": "+15551234567",
                "called_number": "+15559876543",
                "caller_name": "John Spam",
                "caller_city": "San Francisco",
                "caller_state": "CA",
                "block_list_type": "workspace",
                "block_reason": "spam",
                "tracking_number": {
                  "id": 1,
                  "phone_number": "+15559876543",
                  "friendly_name": "Sales Line"
                },
                "campaign": {
                  "id": 1,
                  "name": "Google Ads Campaign"
                }
              }
            }
            """;

    private static final String RING_TONIC_PAGE = """
            {
              "event": "call.blocked",
              "created_at": "2026-01-15T14:30:00+00:00",
            """ + RING_TONIC_DATA;

    private final FanoutDriver fanout = new FanoutDriver();

    @AfterEach
    void close() {
        fanout.close();
    }

    @Test
    void bodyIsByteForByteWhatRingyosPageShows() {
        fanout.subscribe(subscription("wh_abc123", RINGYO, "call.completed"));

        fanout.event(envelope("call.completed", "2024-01-15T10:30:00Z", RINGYO_DATA));

        assertThat(bodies()).containsExactly(compact(RINGYO_PAGE));
    }

    @Test
    void bodyIsByteForByteWhatRingTonicsPageShows() {
        fanout.subscribe(subscription("wh_1", RING_TONIC, "call.blocked"));

        fanout.event(envelope("call.blocked", "2026-01-15T14:30:00Z", RING_TONIC_DATA));

        assertThat(bodies()).containsExactly(compact(RING_TONIC_PAGE));
    }

    @Test
    void bodyOfTheStandardProfileIsTypeTimestampAndData() {
        fanout.subscribe(subscription("wh_1", STANDARD, "order.paid"));

        fanout.event(event("evt_1", "order.paid", null, "{ \"b\": 2500.00, \"a\": [ 1e21, -0 ] }"));

        assertThat(bodies())
                .containsExactly("{\"type\":\"order.paid\",\"timestamp\":\"2026-01-15T14:30:00.000Z\","
                        + "\"data\":{\"b\":2500,\"a\":[1e+21,0]}}");
    }

    @Test
    void keysKeepTheirOrderExceptArrayIndicesWhichComeFirst() {
        fanout.subscribe(subscription("wh_1", STANDARD, EVERY_EVENT));

        fanout.event(event("evt_1", "order.paid", null, "{\"z\":1,\"10\":2,\"a\":3,\"9\":4,\"z\":5}"));

        assertThat(bodies()).singleElement().asString().endsWith("\"data\":{\"9\":4,\"10\":2,\"z\":5,\"a\":3}}");
    }

    @Test
    void everyMatchingEndpointOfTheTenantGetsOneDeliveryInTheOrderOfIds() {
        fanout.subscribe(
                subscription("wh_3", RINGYO, "call.answered", "call.failed"),
                subscription("wh_1", RINGYO, EVERY_EVENT),
                subscription("wh_2", RINGYO, "call.completed"),
                subscription("wh_4", STANDARD, EVERY_EVENT),
                Samples.subscription("other", "wh_5", "ringyo", Set.of(EVERY_EVENT), true, 1));

        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_1", "wh_3", "wh_4");
        assertThat(fanout.skipped()).isEmpty();
        assertThat(fanout.refused()).isEmpty();
        assertThat(fanout.count("deliveries")).isEqualTo(3);
        assertThat(fanout.count("accepted")).isEqualTo(1);
    }

    @Test
    void bodyNamesTheEndpointOnlyWhereTheProfileDoes() {
        fanout.subscribe(
                subscription("wh_1", RINGYO, EVERY_EVENT),
                subscription("wh_2", RINGYO, EVERY_EVENT),
                subscription("wh_3", STANDARD, EVERY_EVENT),
                subscription("wh_4", STANDARD, EVERY_EVENT));

        fanout.event(event("evt_1", RINGYO, "credits.low"));

        List<String> bodies = bodies();
        assertThat(bodies.get(0)).contains("\"webhook_id\":\"wh_1\"");
        assertThat(bodies.get(1)).contains("\"webhook_id\":\"wh_2\"");
        assertThat(bodies.get(2)).doesNotContain("wh_3").isEqualTo(bodies.get(3));
    }

    @Test
    void headersSayAllThatTheDispatcherNeeds() {
        fanout.subscribe(Samples.subscription("acme", "wh_1", "ringyo", Set.of("call.failed"), true, 7));
        fanout.event(new byte[] {1});

        fanout.event(event("evt_1", RINGYO, "call.failed"));

        Instant occurredAt = Instant.parse("2026-01-15T14:30:00Z");
        EndpointId endpoint = new EndpointId("acme", "wh_1");
        TestRecord<byte[], byte[]> record = fanout.deliveries().get(0);
        assertThat(record.key()).asString(UTF_8).isEqualTo("wh_1");
        assertThat(DeliveryHeaders.read(record.headers()))
                .isEqualTo(new Delivery(
                        DeliveryId.of(endpoint, "evt_1", occurredAt),
                        endpoint,
                        "evt_1",
                        "call.failed",
                        "ringyo",
                        occurredAt.toEpochMilli(),
                        0,
                        1,
                        7,
                        1,
                        0,
                        null,
                        null,
                        false,
                        null));
    }

    @Test
    void repeatAfterTheWindowNamesTheSameDeliveries() {
        fanout.subscribe(subscription("wh_1", RINGYO, EVERY_EVENT), subscription("wh_2", RINGYO, EVERY_EVENT));

        fanout.event(event("evt_1", RINGYO, "call.failed"));
        List<String> first = deliveryIds();
        fanout.later(Duration.ofHours(24));
        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(first).hasSize(2).doesNotHaveDuplicates();
        assertThat(deliveryIds()).isEqualTo(first);
    }

    @Test
    void deliveriesOfAnOldEventAreStampedWithTheTimeTheyAreMade() {
        fanout.subscribe(
                subscription("wh_1", RINGYO, EVERY_EVENT),
                Samples.subscription("acme", "wh_2", "ringyo", Set.of(EVERY_EVENT), false, 1));

        fanout.event(null, event("evt_1", RINGYO, "call.failed"), new RecordHeaders(), Instant.EPOCH);

        assertThat(fanout.deliveries()).extracting(TestRecord::getRecordTime).containsExactly(FanoutDriver.NOW);
        assertThat(fanout.outcomeRecords())
                .extracting(TestRecord::getRecordTime)
                .containsExactly(FanoutDriver.NOW);
    }

    @Test
    void skippedEndpointGetsOneOutcomeRowInPlaceOfADelivery() {
        fanout.subscribe(Samples.subscription("acme", "wh_1", "ringyo", Set.of(EVERY_EVENT), false, 3));

        fanout.event(event("evt_1", RINGYO, "call.failed"));

        Instant occurredAt = Instant.parse("2026-01-15T14:30:00Z");
        assertThat(fanout.deliveries()).isEmpty();
        assertThat(fanout.outcomes())
                .containsExactly(new OutcomeRow(
                        DeliveryId.of(new EndpointId("acme", "wh_1"), "evt_1", occurredAt),
                        "evt_1",
                        "call.failed",
                        "acme",
                        "wh_1",
                        "ringyo",
                        OutcomeRow.Outcome.SKIPPED,
                        OutcomeRow.REASON_INACTIVE,
                        0,
                        null,
                        occurredAt.toEpochMilli(),
                        FanoutDriver.NOW.toEpochMilli(),
                        false,
                        null,
                        null,
                        0,
                        0,
                        null));
        assertThat(fanout.count("skipped", "reason", OutcomeRow.REASON_INACTIVE))
                .isEqualTo(1);
    }

    @Test
    void outcomeRowsAreKeyedByWebhookId() {
        fanout.subscribe(Samples.subscription("acme", "wh_1", "ringyo", Set.of(EVERY_EVENT), false, 1));

        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(fanout.outcomeRecords())
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly("wh_1");
    }

    @Test
    void countsNumbersThatJavaScriptCannotKeep() {
        fanout.subscribe(subscription("wh_1", STANDARD, EVERY_EVENT));

        fanout.event(event("evt_1", "order.paid", null, "{\"n\":12345678901234567890123}"));

        assertThat(bodies()).singleElement().asString().contains("{\"n\":12345678901234567890123}");
        assertThat(fanout.count("unstable.numbers")).isEqualTo(1);
    }

    private List<String> bodies() {
        return fanout.deliveries().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private List<String> deliveryIds() {
        return fanout.deliveries().stream()
                .map(record -> DeliveryHeaders.read(record.headers()).id())
                .toList();
    }

    /** An event with the fields that follow the given ones on a vendor's page. */
    private static byte[] envelope(String type, String occurredAt, String rest) {
        return ("{\"id\":\"evt_1\",\"type\":\"" + type + "\",\"tenant\":\"acme\",\"occurred_at\":\"" + occurredAt
                        + "\"," + rest)
                .getBytes(UTF_8);
    }

    private static String compact(String printed) {
        return printed.replaceAll("\\n *", "").replace("\": ", "\":");
    }
}
