package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryHeadersTest {
    private static final Delivery FRESH = new Delivery(
            "msg_01HM6AQH20XC2C1HKMS4ACVAJW",
            new EndpointId("acme", "wh_abc123"),
            "evt_1",
            "call.completed",
            "ringyo",
            1_705_314_600_123L,
            5,
            9_007_199_254_740_993L,
            3,
            1,
            0,
            null,
            null,
            false);

    private static final Delivery WAITING = new Delivery(
            FRESH.id(),
            FRESH.endpoint(),
            FRESH.eventId(),
            FRESH.eventType(),
            FRESH.profile(),
            FRESH.occurredAtMs(),
            FRESH.eventsPartition(),
            FRESH.eventsOffset(),
            FRESH.activation(),
            4,
            2,
            new Delivery.Turn(1_705_314_700_000L, 10_000_000),
            new Delivery.Origin(17, Long.MAX_VALUE),
            true);

    @Test
    void readsBackWhatItWrote() {
        assertThat(DeliveryHeaders.read(DeliveryHeaders.write(FRESH))).isEqualTo(FRESH);
        assertThat(DeliveryHeaders.read(DeliveryHeaders.write(WAITING))).isEqualTo(WAITING);
    }

    @Test
    void areTextThatAnyToolShows() {
        assertThat(text(DeliveryHeaders.write(FRESH)))
                .containsExactly(
                        Map.entry("hs-delivery-id", "msg_01HM6AQH20XC2C1HKMS4ACVAJW"),
                        Map.entry("hs-tenant", "acme"),
                        Map.entry("hs-webhook-id", "wh_abc123"),
                        Map.entry("hs-event-id", "evt_1"),
                        Map.entry("hs-event-type", "call.completed"),
                        Map.entry("hs-profile", "ringyo"),
                        Map.entry("hs-occurred-at-ms", "1705314600123"),
                        Map.entry("hs-events-at", "5:9007199254740993"),
                        Map.entry("hs-activation", "3"),
                        Map.entry("hs-attempt", "1"));
        assertThat(text(DeliveryHeaders.write(WAITING)))
                .containsEntry("hs-attempt", "4")
                .containsEntry("hs-deferrals", "2")
                .containsEntry("hs-turn", "1705314700000:10000000")
                .containsEntry("hs-deliveries-at", "17:9223372036854775807")
                .containsEntry("hs-test", "true");
    }

    @Test
    void theLastOfEqualHeadersCounts() {
        Headers headers = DeliveryHeaders.write(FRESH).add("hs-attempt", "2".getBytes(UTF_8));
        assertThat(DeliveryHeaders.read(headers).attempt()).isEqualTo(2);
    }

    @Test
    void headersOfOthersAreIgnored() {
        Headers headers = DeliveryHeaders.write(FRESH).add("traceparent", null).add("hs-new", new byte[] {-1});
        assertThat(DeliveryHeaders.read(headers)).isEqualTo(FRESH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hs-delivery-id",
                "hs-tenant",
                "hs-webhook-id",
                "hs-event-id",
                "hs-event-type",
                "hs-profile",
                "hs-occurred-at-ms",
                "hs-events-at",
                "hs-activation",
                "hs-attempt",
            })
    void namesTheHeaderThatIsMissing(String name) {
        Headers without = DeliveryHeaders.write(WAITING).remove(name);
        assertRefused(without, "header " + name + " is missing");
        Headers withNull = DeliveryHeaders.write(WAITING).remove(name).add(new RecordHeader(name, (byte[]) null));
        assertRefused(withNull, "header " + name + " is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "hs-occurred-at-ms, yesterday,            must be a whole number",
        "hs-occurred-at-ms, -1,                   must be a whole number",
        "hs-occurred-at-ms, 9223372036854775808,  must be a whole number",
        "hs-events-at,      5,                    must be partition:offset",
        "hs-events-at,      5:,                   must be a whole number",
        "hs-events-at,      :5,                   must be a whole number",
        "hs-events-at,      1:2:3,                must be a whole number",
        "hs-events-at,      2147483648:0,         must be a whole number from 0 to 2147483647",
        "hs-events-at,      -1:0,                 must be a whole number",
        "hs-events-at,      0:-1,                 must be a whole number",
        "hs-activation,     one,                  must be a whole number",
        "hs-attempt,        0,                    must be a whole number from 1 to 2147483647",
        "hs-attempt,        -1,                   must be a whole number",
        "hs-attempt,        2147483648,           must be a whole number",
        "hs-attempt,        1.5,                  must be a whole number",
        "hs-attempt,        '',                   must be a whole number",
        "hs-deferrals,      x,                    must be a whole number",
        "hs-deferrals,      -1,                   must be a whole number",
        "hs-deferrals,      4294967296,           must be a whole number",
        "hs-turn,           soon,                 must be milliseconds:nanoseconds",
        "hs-turn,           -1:5,                 must be a whole number",
        "hs-turn,           5:0,                  must be a whole number from 1",
        "hs-deliveries-at,  here,                 must be partition:offset",
        "hs-deliveries-at,  4294967296:1,         must be a whole number",
        "hs-test,           yes,                  must be true or absent",
    })
    void namesTheHeaderThatIsMalformed(String name, String value, String rule) {
        Headers headers = DeliveryHeaders.write(WAITING).remove(name).add(name, value.getBytes(UTF_8));
        assertRefused(headers, "header " + name + " " + rule);
    }

    @Test
    void theNextAttemptAndADeferralKeepEverythingElse() {
        Delivery.Origin at = new Delivery.Origin(1, 42);
        Delivery next = WAITING.nextAttempt(at);
        assertThat(next.attempt()).isEqualTo(5);
        assertThat(next.deferrals()).isZero();
        assertThat(next.turn()).isNull();
        assertThat(next.origin()).isEqualTo(at);
        Delivery deferred = WAITING.deferred(at);
        assertThat(deferred.attempt()).isEqualTo(4);
        assertThat(deferred.deferrals()).isEqualTo(3);
        assertThat(deferred.origin()).isEqualTo(at);
        assertThat(deferred.turn()).isEqualTo(WAITING.turn());
        Delivery.Turn later = new Delivery.Turn(1_705_314_900_000L, 1);
        Delivery putOff = WAITING.deferredUntil(later, at);
        assertThat(putOff.turn()).isEqualTo(later);
        assertThat(putOff).usingRecursiveComparison().ignoringFields("turn").isEqualTo(deferred);
        assertThat(Arrays.asList(next, deferred))
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("attempt", "deferrals", "turn", "origin")
                .containsOnly(WAITING);
    }

    private static void assertRefused(Headers headers, String message) {
        assertThatThrownBy(() -> DeliveryHeaders.read(headers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static Map<String, String> text(Headers headers) {
        Map<String, String> text = new LinkedHashMap<>();
        for (Header header : new RecordHeaders(headers)) {
            text.put(header.key(), new String(header.value(), UTF_8));
        }
        return text;
    }
}
