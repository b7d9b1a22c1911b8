package dev.hookswitch.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.event.DomainEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Delivery.Origin ORIGIN = new Delivery.Origin(2, 17);
    private static final Delivery FIRST = new Delivery(
            "msg_1", new EndpointId("acme", "wh_1"), "evt_1", "t", "ringyo", 5, 1, 9, 3, 1, 0, null, null, false, null);

    @Test
    void anEventsDeliveryBeginsWithItsFirstAttempt() {
        Instant time = Instant.parse("2024-01-15T10:30:00Z");
        EndpointId endpoint = new EndpointId("acme", "wh_abc123");
        DomainEvent event = new DomainEvent("evt_1", "call.completed", "acme", time, null, null, new byte[0], 0);

        assertThat(Delivery.of(endpoint, event, "ringyo", new Delivery.EventAt(5, 6), 7))
                .isEqualTo(new Delivery(
                        "msg_01HM6AQH20XC2C1HKMS4ACVAJW",
                        endpoint,
                        "evt_1",
                        "call.completed",
                        "ringyo",
                        time.toEpochMilli(),
                        5,
                        6,
                        7,
                        1,
                        0,
                        null,
                        null,
                        false,
                        null));
    }

    @Test
    void putOnceMoreItIsTheSameDeliveryFromItsFirstAttemptOn() {
        Delivery waiting = FIRST.nextAttempt(ORIGIN).deferredUntil(new Delivery.Turn(1, 1), ORIGIN);

        Delivery again = waiting.onceMore("rec_1", 4, ORIGIN);

        assertThat(again)
                .isEqualTo(new Delivery(
                        FIRST.id(),
                        FIRST.endpoint(),
                        "evt_1",
                        "t",
                        "ringyo",
                        5,
                        1,
                        9,
                        4,
                        1,
                        0,
                        null,
                        ORIGIN,
                        false,
                        "rec_1"));
    }

    @Test
    void everyRetryAndDeferralOfARecoveryBelongsToIt() {
        Delivery again = FIRST.onceMore("rec_1", 4, ORIGIN);

        assertThat(again.nextAttempt(ORIGIN).recoveryId()).isEqualTo("rec_1");
        assertThat(again.deferred(ORIGIN).recoveryId()).isEqualTo("rec_1");
        assertThat(again.deferredUntil(new Delivery.Turn(1, 1), ORIGIN).recoveryId())
                .isEqualTo("rec_1");
    }
}
