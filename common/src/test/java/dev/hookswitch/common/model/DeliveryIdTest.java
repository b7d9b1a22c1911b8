package dev.hookswitch.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryIdTest {
    private static final Instant TIME = Instant.parse("2024-01-15T10:30:00Z");

    /** Made with another program; a change would give events that are replayed after an upgrade a second id. */
    @ParameterizedTest
    @CsvSource({
        "acme, wh_abc123, evt_1, 2024-01-15T10:30:00Z,     msg_01HM6AQH20XC2C1HKMS4ACVAJW",
        "acme, wh_abc123, evt_2, 2024-01-15T10:30:00Z,     msg_01HM6AQH2006N5J27NRZB6WZWC",
        "acme, wh_abc123, evt_1, 1970-01-01T00:00:00Z,     msg_0000000000XC2C1HKMS4ACVAJW",
        "t,    wh_1,      ~,     9999-12-31T23:59:59.999Z, msg_76EZ91ZPZZJXET87EXE25853R7",
    })
    void staysWhatItWas(String tenant, String webhookId, String eventId, Instant time, String expected) {
        assertThat(DeliveryId.of(new EndpointId(tenant, webhookId), eventId, time))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2024-01-15T10:30:00.123Z", "9999-12-31T23:59:59.999Z"})
    void tellsWhenItsEventHappened(Instant time) {
        assertThat(DeliveryId.occurredAtMs(id("acme", "wh_1", "evt_1", time))).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evt_1",
                "msg_01HM6AQH20XC2C1HKMS4ACVAJ",
                "msg_01HM6AQH20XC2C1HKMS4ACVAJWW",
                "msg_01hm6aqh20xc2c1hkms4acvajw",
                "msg_81HM6AQH20XC2C1HKMS4ACVAJW",
                "msg_01HM6AQH2UXC2C1HKMS4ACVAJW"
            })
    void whatIsNoDeliveryIdIsRefused(String text) {
        assertThatThrownBy(() -> DeliveryId.occurredAtMs(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delivery id must be msg_ and 26 digits in base 32");
    }

    @Test
    void keepsNeighbouringFieldsApart() {
        assertThat(List.of(
                        id("ab", "c", "d", TIME),
                        id("a", "bc", "d", TIME),
                        id("a", "b", "cd", TIME),
                        id("abc", "", "d", TIME),
                        id("", "abc", "d", TIME),
                        id("ab", "cd", "", TIME)))
                .doesNotHaveDuplicates();
    }

    @Test
    void sortsByTimeAsText() {
        List<String> ids = new ArrayList<>();
        for (int bit = 1; bit < 48; bit++) {
            ids.add(id("acme", "wh_1", "evt_" + bit, Instant.ofEpochMilli((1L << bit) - 1)));
            ids.add(id("acme", "wh_1", "evt_" + bit, Instant.ofEpochMilli(1L << bit)));
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aMillionDeliveriesOfOneInstantHaveAMillionIds() {
        Set<String> ids = new HashSet<>(2_000_000);
        for (int event = 0; event < 1_000; event++) {
            for (int webhook = 0; webhook < 1_000; webhook++) {
                ids.add(id("acme", "wh_" + webhook, "evt_" + event, TIME));
            }
        }
        assertThat(ids.size()).isEqualTo(1_000_000);
    }

    private static String id(String tenant, String webhookId, String eventId, Instant time) {
        return DeliveryId.of(new EndpointId(tenant, webhookId), eventId, time);
    }
}
