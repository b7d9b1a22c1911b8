package dev.hookswitch.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.RecoveryRow.Source;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UndeliveredScanTest {
    private static final EndpointId ENDPOINT = new EndpointId("acme", "wh_1");
    private final UndeliveredScan scan = new UndeliveredScan(ENDPOINT, Instant.ofEpochMilli(1_000), 3);

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"FAILED", "DISCARDED", "SKIPPED"})
    void findsWhatEndedWithoutSuccess(Outcome outcome) {
        scan.take(row("acme", "wh_1", 1, outcome, 1_000, false));
        assertThat(scan.found()).containsExactly(new Place(Source.DELIVERIES, 2, 1));
    }

    @Test
    void whatHasNoBodyIsMadeOfItsEvent() {
        OutcomeRow skipped = row("acme", "wh_1", 1, Outcome.SKIPPED, 1_000, false);
        scan.take(new OutcomeRow(
                skipped.deliveryId(),
                skipped.eventId(),
                skipped.eventType(),
                "acme",
                "wh_1",
                "ringyo",
                Outcome.SKIPPED,
                "endpoint_disabled",
                0,
                null,
                0,
                1_000,
                false,
                null,
                null,
                4,
                5,
                null));
        assertThat(scan.found()).containsExactly(new Place(Source.EVENTS, 4, 5));
    }

    @Test
    void passesOverWhatIsNotMeant() {
        scan.take(row("acme", "wh_1", 1, Outcome.FAILED, 999, false));
        scan.take(row("acme", "wh_1", 2, Outcome.FAILED, 1_000, true));
        scan.take(row("acme", "wh_2", 3, Outcome.FAILED, 1_000, false));
        scan.take(row("other", "wh_1", 4, Outcome.FAILED, 1_000, false));
        scan.take(row("acme", "wh_1", 5, Outcome.UNKNOWN, 1_000, false));
        scan.take(row("acme", "wh_1", 6, Outcome.DELIVERED, 1_000, false));
        assertThat(scan.found()).isEmpty();
    }

    @Test
    void remembersOnlyWhatStandsUndelivered() {
        for (int number = 0; number < 100; number++) {
            scan.take(row("acme", "wh_1", number, Outcome.FAILED, 1_000, false));
            scan.take(row("acme", "wh_1", number, Outcome.DELIVERED, 1_001, false));
        }
        for (int number = 0; number < 3; number++) {
            scan.take(row("acme", "wh_1", number, Outcome.FAILED, 1_002, false));
        }
        assertThat(scan.found()).hasSize(3);
        assertThatThrownBy(() -> scan.take(row("acme", "wh_1", 3, Outcome.FAILED, 1_002, false)))
                .isInstanceOf(RecoveryRefused.class)
                .hasMessage(
                        "more than 3 deliveries (recovery.max-deliveries): choose a later time and go back in steps");
    }

    /** Two dispatchers' clocks differ. */
    @Test
    void whatIsDeliveredIsDeliveredWhateverTheClockSaid() {
        scan.take(row("acme", "wh_1", 1, Outcome.FAILED, 1_000, false));
        scan.take(row("acme", "wh_1", 1, Outcome.DELIVERED, 999, false));
        assertThat(scan.found()).isEmpty();
    }

    private static OutcomeRow row(
            String tenant, String webhookId, int number, Outcome outcome, long endedAtMs, boolean test) {
        return new OutcomeRow(
                "msg_" + number,
                "evt_" + number,
                "t",
                tenant,
                webhookId,
                "ringyo",
                outcome,
                "server_error",
                6,
                503,
                0,
                endedAtMs,
                test,
                2,
                (long) number,
                0,
                0,
                null);
    }
}
