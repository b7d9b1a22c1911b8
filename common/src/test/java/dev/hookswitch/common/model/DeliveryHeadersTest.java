package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
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
            false,
            null);

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
            true,
            "rec_1");

    @Test
    void readsBackWhatItWrote() {
        assertThat(DeliveryHeaders.read(DeliveryHeaders.write(FRESH))).isEqualTo(FRESH);
        assertThat(DeliveryHeaders.read(DeliveryHeaders.write(WAITING))).isEqualTo(WAITING);
    }

    @Test
    void areTextThatAnyToolShows() {
        assertThat(text(DeliveryHeaders.write(FRESH)))
                .isEqualTo("id=msg_01HM6AQH20XC2C1HKMS4ACVAJW tenant=acme webhook=wh_abc123 event=evt_1"
                        + " type=call.completed profile=ringyo occurred-at-ms=1705314600123"
                        + " events-at=5:9007199254740993 activation=3 attempt=1");
        assertThat(text(DeliveryHeaders.write(WAITING)))
                .endsWith(" attempt=4 deferrals=2 turn=1705314700000:10000000"
                        + " deliveries-at=17:9223372036854775807 test=true recovery=rec_1");
    }

    @Test
    void theLastOfEqualFieldsCounts() {
        assertThat(DeliveryHeaders.read(with(text(DeliveryHeaders.write(FRESH)) + " attempt=2"))
                        .attempt())
                .isEqualTo(2);
    }

    @Test
    void headersOfOthersAndFieldsOfLaterVersionsAreIgnored() {
        Headers headers = with("later=1 " + text(DeliveryHeaders.write(FRESH)) + "  x=y=z word =")
                .add("traceparent", null)
                .add("hs-new", new byte[] {-1});
        assertThat(DeliveryHeaders.read(headers)).isEqualTo(FRESH);
    }

    @Test
    void aHeaderThatIsMissingIsNamed() {
        assertRefused(new RecordHeaders(), "header hs-delivery is missing");
        assertRefused(new RecordHeaders().add("hs-delivery", null), "header hs-delivery is missing");
    }

    /** A space would begin another field. */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\tb", "a\u0000", "\u00e4", " attempt=9"})
    void textsThatWouldNotReadBackAreRefused(String eventId) {
        Delivery odd = new Delivery(
                FRESH.id(),
                FRESH.endpoint(),
                eventId,
                FRESH.eventType(),
                FRESH.profile(),
                FRESH.occurredAtMs(),
                FRESH.eventsPartition(),
                FRESH.eventsOffset(),
                FRESH.activation(),
                1,
                0,
                null,
                null,
                false,
                null);
        assertThatThrownBy(() -> DeliveryHeaders.write(odd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("event of a delivery must be printable ASCII without spaces");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "tenant",
                "webhook",
                "event",
                "type",
                "profile",
                "occurred-at-ms",
                "events-at",
                "activation",
                "attempt",
            })
    void namesTheFieldThatIsMissing(String name) {
        assertRefused(
                with(text(DeliveryHeaders.write(WAITING)).replaceFirst("(^| )" + name + "=[^ ]*", "")),
                "field " + name + " of header hs-delivery is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "occurred-at-ms, yesterday,            must be a whole number",
        "occurred-at-ms, -1,                   must be a whole number",
        "occurred-at-ms, 9223372036854775808,  must be a whole number",
        "events-at,      5,                    must be partition:offset",
        "events-at,      5:,                   must be a whole number",
        "events-at,      :5,                   must be a whole number",
        "events-at,      1:2:3,                must be a whole number",
        "events-at,      2147483648:0,         must be a whole number from 0 to 2147483647",
        "events-at,      -1:0,                 must be a whole number",
        "events-at,      0:-1,                 must be a whole number",
        "activation,     one,                  must be a whole number",
        "attempt,        0,                    must be a whole number from 1 to 2147483647",
        "attempt,        -1,                   must be a whole number",
        "attempt,        2147483648,           must be a whole number",
        "attempt,        1.5,                  must be a whole number",
        "attempt,        '',                   must be a whole number",
        "deferrals,      x,                    must be a whole number",
        "deferrals,      -1,                   must be a whole number",
        "deferrals,      4294967296,           must be a whole number",
        "turn,           soon,                 must be milliseconds:nanoseconds",
        "turn,           -1:5,                 must be a whole number",
        "turn,           5:0,                  must be a whole number from 1",
        "deliveries-at,  here,                 must be partition:offset",
        "deliveries-at,  4294967296:1,         must be a whole number",
        "test,           yes,                  must be true or absent",
    })
    void namesTheFieldThatIsMalformed(String name, String value, String rule) {
        assertRefused(
                with(text(DeliveryHeaders.write(WAITING)) + " " + name + "=" + value),
                "field " + name + " of header hs-delivery " + rule);
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

    private static String text(Headers headers) {
        return new String(headers.lastHeader("hs-delivery").value(), UTF_8);
    }

    private static Headers with(String text) {
        return new RecordHeaders().add("hs-delivery", text.getBytes(UTF_8));
    }
}
