package dev.hookswitch.retry.health;

import static dev.hookswitch.common.model.AttemptResult.INTERNAL;
import static dev.hookswitch.common.model.AttemptResult.SERVER_ERROR;
import static dev.hookswitch.retry.health.Attempts.activation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of attempts one after another. */
class EndpointEventsTest {
    private static final Attempts ONE = activation(1);

    private @Nullable EndpointHealth state;

    private List<EndpointEvent> after(AttemptRow row, int threshold) {
        DisableRule rule = new DisableRule(threshold, Counting.ATTEMPTS, false);
        Transition change = HealthPolicy.next(state, row, rule, Duration.ZERO).orElse(null);
        state = change == null ? state : change.to();
        return EndpointEvents.of(change, row, rule);
    }

    @ParameterizedTest
    @CsvSource({
        "1,  'disabled'",
        "2,  'failing 50, disabled'",
        "3,  '-, failing 50, disabled'",
        "4,  '-, failing 50, failing 70, disabled'",
        "5,  '-, -, failing 50, failing 70, disabled'",
        "10, '-, -, -, -, failing 50, -, failing 70, -, failing 90, disabled'",
        "12, '-, -, -, -, -, failing 50, -, -, failing 70, -, failing 90, disabled'"
    })
    void warningsComeAtTheirShareOfTheThresholdRoundedUp(int threshold, String expected) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < threshold; i++) {
            List<EndpointEvent> events = after(ONE.failed(SERVER_ERROR), threshold);
            assertThat(events).hasSizeLessThanOrEqualTo(1);
            told.add(events.isEmpty() ? "-" : text(events.get(0)));
        }

        assertThat(String.join(", ", told)).isEqualTo(expected);
    }

    private static String text(EndpointEvent event) {
        String word = event.type().wireName().substring("endpoint.".length());
        return event.percent() == null ? word : word + " " + event.percent();
    }

    @Test
    void aRowSaysWhatItFollowsFrom() {
        after(ONE.endingAt(Attempts.AT.minusSeconds(60)).failed(SERVER_ERROR), 4);
        AttemptRow row = ONE.exhausted(SERVER_ERROR);

        assertThat(after(row, 4))
                .containsExactly(
                        new EndpointEvent(
                                EndpointEvent.id(EndpointEvent.Type.DELIVERY_FAILED, row),
                                EndpointEvent.Type.DELIVERY_FAILED,
                                "acme",
                                "wh_1",
                                "ringyo",
                                1,
                                Attempts.AT.toEpochMilli(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "msg_1",
                                "evt_1",
                                "call.completed",
                                1,
                                SERVER_ERROR,
                                null),
                        new EndpointEvent(
                                EndpointEvent.id(EndpointEvent.Type.ENDPOINT_FAILING, row),
                                EndpointEvent.Type.ENDPOINT_FAILING,
                                "acme",
                                "wh_1",
                                "ringyo",
                                1,
                                Attempts.AT.toEpochMilli(),
                                50,
                                2,
                                4,
                                "attempts",
                                Attempts.AT.minusSeconds(60).toEpochMilli(),
                                null,
                                "msg_1",
                                "evt_1",
                                "call.completed",
                                1,
                                SERVER_ERROR,
                                null));
    }

    @Test
    void aSuccessBeforeAnyWarningIsNoRecovery() {
        after(ONE.failed(SERVER_ERROR), 10);

        assertThat(after(ONE.success(), 10)).isEmpty();
    }

    @Test
    void warningsComeAgainAfterARecovery() {
        assertThat(after(ONE.failed(SERVER_ERROR), 2)).hasSize(1);
        assertThat(after(ONE.success(), 2))
                .extracting(EndpointEvent::type)
                .containsExactly(EndpointEvent.Type.ENDPOINT_RECOVERED);
        assertThat(after(ONE.failed(SERVER_ERROR), 2)).hasSize(1);
    }

    @Test
    void testsDeferralsAndOurOwnFailuresTellNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(after(ONE.test(SERVER_ERROR), 2)).isEmpty();
            assertThat(after(ONE.deferral(), 2)).isEmpty();
            assertThat(after(ONE.failed(INTERNAL), 2)).isEmpty();
            assertThat(after(ONE.failed(AttemptResult.UNKNOWN), 2)).isEmpty();
        }
    }

    @Test
    void aDeliveryThatRanOutBeforeItsEndpointWasEnabledIsStillTold() {
        after(activation(2).success(), 2);

        assertThat(after(ONE.exhausted(SERVER_ERROR), 2))
                .extracting(EndpointEvent::type)
                .containsExactly(EndpointEvent.Type.DELIVERY_FAILED);
    }
}
