package dev.hookswitch.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Delivery.Origin ORIGIN = new Delivery.Origin(2, 17);
    private static final Delivery FIRST = new Delivery(
            "msg_1", new EndpointId("acme", "wh_1"), "evt_1", "t", "ringyo", 5, 1, 9, 3, 1, 0, null, null, false, null);

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
