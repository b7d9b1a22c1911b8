package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What any {@link DeliveryLog} does. An implementation's test extends this and says how rows come to it; {@link #log()} answers
 * when all rows given so far are in it.
 */
abstract class DeliveryLogContract {
    /** Whose deliveries are written; no other test writes any of it. */
    final EndpointId endpoint;
    /** All rows are of the last minutes. */
    private final Instant now = now();

    DeliveryLogContract(EndpointId endpoint) {
        this.endpoint = endpoint;
    }

    /** The time by the log's own clock. */
    abstract Instant now();

    abstract void write(AttemptRow row);

    abstract void write(OutcomeRow row);

    /** With every row in it that was written. */
    abstract DeliveryLog log();

    private LogRows delivery(int secondsAgo) {
        return LogRows.of(endpoint, "evt_" + secondsAgo, now.minusSeconds(secondsAgo));
    }

    private LogRows arrived(LogRows rows) {
        write(rows.delivered(1, now));
        write(rows.outcome(Outcome.DELIVERED, now));
        return rows;
    }

    private LogRows failed(LogRows rows) {
        write(rows.retried(1, now));
        write(rows.outcome(Outcome.FAILED, now));
        return rows;
    }

    private LoggedDelivery find(LogRows rows) {
        return log().find(rows.endpoint(), rows.id()).orElseThrow();
    }

    private static List<String> ids(LogPage page) {
        return page.deliveries().stream().map(LoggedDelivery::deliveryId).toList();
    }

    private static LogQuery query(Set<DeliveryStatus> statuses, Set<String> types, Set<CodeClass> codes) {
        return new LogQuery(statuses, types, codes, null, null, 100, null);
    }

    /** Follows the cursors to the end. */
    private List<String> all(LogQuery query) {
        List<String> found = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            LogPage page = log().list(endpoint, cursor == null ? query : query.from(cursor));
            found.addAll(ids(page));
            cursor = page.nextCursor();
        } while (cursor != null);
        return found;
    }

    @Test
    void tellsOfADeliveryWithEveryAttempt() {
        LogRows rows = delivery(60);
        write(rows.retried(1, now.minusSeconds(50)));
        write(rows.delivered(2, now.minusSeconds(20)));
        write(rows.outcome(Outcome.DELIVERED, now.minusSeconds(19)));

        LoggedDelivery found = find(rows);

        assertThat(found.endpoint()).isEqualTo(endpoint);
        assertThat(found.eventId()).isEqualTo("evt_60");
        assertThat(found.occurredAtMs()).isEqualTo(rows.occurredAt().toEpochMilli());
        assertThat(found.status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(found.reason()).isEqualTo("success");
        assertThat(found.endedAtMs()).isEqualTo(now.minusSeconds(19).toEpochMilli());
        assertThat(found.waiting()).isNull();
        assertThat(found.attempts()).extracting(LoggedAttempt::httpStatus).containsExactly(503, 200);
        assertThat(found.attempts()).extracting(LoggedAttempt::attempt).containsExactly(1, 2);
        assertThat(found.attemptsMade()).isEqualTo(2);
    }

    @Test
    void aDeliveryThatWaitsIsPendingWithItsTierAndTime() {
        LogRows rows = delivery(60);
        write(rows.retried(1, now.minusSeconds(50)));

        LoggedDelivery found = find(rows);

        assertThat(found.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(found.endedAtMs()).isNull();
        assertThat(found.waiting()).satisfies(waiting -> {
            assertThat(waiting).isNotNull();
            assertThat(waiting.tier()).isEqualTo("30s");
            assertThat(waiting.attempt()).isEqualTo(2);
            assertThat(waiting.putOff()).isFalse();
            assertThat(Instant.ofEpochMilli(waiting.dueAtMs()))
                    .isBetween(now.minusSeconds(21), now.plus(Duration.ofMinutes(10)));
        });
    }

    @Test
    void aDeferralIsNoAttempt() {
        LogRows rows = delivery(60);
        write(rows.putOff(1, now.minusSeconds(50)));
        write(rows.putOff(1, now.minusSeconds(40)));

        LoggedDelivery waiting = find(rows);
        assertThat(waiting.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(waiting.attempts()).isEmpty();
        assertThat(waiting.waiting()).isNotNull();
        assertThat(waiting.waiting().putOff()).isTrue();
        assertThat(waiting.waiting().attempt()).isEqualTo(1);

        arrived(rows);
        assertThat(find(rows).attempts()).hasSize(1);
        assertThat(find(rows).waiting()).isNull();
    }

    @Test
    void rowsThatComeAgainShowOnce() {
        LogRows rows = delivery(60);
        for (int i = 0; i < 3; i++) {
            write(rows.retried(1, now.minusSeconds(50)));
            write(rows.delivered(2, now.minusSeconds(20)));
            write(rows.outcome(Outcome.DELIVERED, now));
        }

        assertThat(find(rows).attempts()).hasSize(2);
        assertThat(find(rows).status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(all(LogQuery.newest(100))).containsExactly(rows.id());
    }

    @Test
    void anAttemptThatWasMadeAgainAfterACrashShowsOnceAsItWasLast() {
        LogRows rows = delivery(60);
        write(rows.retried(1, now.minusSeconds(50)));
        write(rows.delivered(1, now.minusSeconds(40)));

        assertThat(find(rows).attempts()).extracting(LoggedAttempt::httpStatus).containsExactly(200);
    }

    @Test
    void anOutcomeIsBelievedWhicheverRowIsReadFirst() {
        LogRows rows = delivery(60);
        write(rows.outcome(Outcome.DISCARDED, now));
        write(rows.retried(1, now.minusSeconds(50)));

        LoggedDelivery found = find(rows);
        assertThat(found.status()).isEqualTo(DeliveryStatus.DISCARDED);
        assertThat(found.waiting()).isNull();
        assertThat(found.attempts()).hasSize(1);
    }

    @Test
    void aRetryByHandIsPendingUntilItEndsAndThenDecides() {
        LogRows rows = failed(delivery(60));
        LogRows again = rows.recovered("rec_1");
        write(again.retried(1, now.plusMillis(1)));
        assertThat(find(rows).status()).isEqualTo(DeliveryStatus.PENDING);

        write(again.delivered(2, now.plusMillis(2)));
        write(again.outcome(Outcome.DELIVERED, now.plusMillis(3)));

        LoggedDelivery found = find(rows);
        assertThat(found.status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(found.attempts()).hasSize(3);
        assertThat(found.attempts()).extracting(LoggedAttempt::recoveryId).containsExactly(null, "rec_1", "rec_1");
        assertThat(all(query(Set.of(DeliveryStatus.FAILED), Set.of(), Set.of())))
                .isEmpty();
    }

    @Test
    void whatWasSkippedHasNoAttempts() {
        LogRows rows = delivery(60);
        write(rows.outcome(Outcome.SKIPPED, now));

        LoggedDelivery found = find(rows);
        assertThat(found.status()).isEqualTo(DeliveryStatus.SKIPPED);
        assertThat(found.reason()).isEqualTo(OutcomeRow.REASON_DISABLED);
        assertThat(found.attempts()).isEmpty();
    }

    @Test
    void listsAnEndpointsDeliveriesNewestFirst() {
        List<String> expected = new ArrayList<>();
        for (int ago : List.of(30, 10, 20)) {
            arrived(delivery(ago));
        }
        for (int ago : List.of(10, 20, 30)) {
            expected.add(delivery(ago).id());
        }

        assertThat(all(LogQuery.newest(100))).isEqualTo(expected);
        assertThat(all(LogQuery.newest(1))).isEqualTo(expected);
    }

    @Test
    void anEndpointSeesOnlyItsOwn() {
        LogRows rows = arrived(delivery(60));
        String webhook = endpoint.webhookId();
        for (EndpointId other : List.of(
                new EndpointId("acme", "another"),
                new EndpointId("acme", webhook.substring(0, webhook.length() - 1)),
                new EndpointId("acme", webhook + "2"),
                new EndpointId("acm", webhook),
                new EndpointId("other", webhook))) {
            arrived(LogRows.of(other, "evt_of_another", now));
            assertThat(log().find(other, rows.id())).isEmpty();
        }

        assertThat(all(LogQuery.newest(100))).containsExactly(rows.id());
    }

    @Test
    void nothingIsKnownOfWhatIsNotThere() {
        assertThat(log().find(endpoint, delivery(60).id())).isEmpty();
        assertThat(log().list(endpoint, LogQuery.newest(10))).isEqualTo(new LogPage(List.of(), null));
        assertThat(log().find(endpoint, "no id at all")).isEmpty();
    }

    @Test
    void filtersByStatusTypeAndCode() {
        LogRows good = arrived(delivery(10));
        LogRows bad = failed(delivery(20).ofType("call.failed"));
        LogRows silent = delivery(30);
        write(silent.exhausted(1, now));
        write(silent.outcome(Outcome.FAILED, now));
        LogRows skipped = delivery(40);
        write(skipped.outcome(Outcome.SKIPPED, now));
        LogRows waiting = delivery(50);
        write(waiting.retried(1, now));

        assertThat(all(query(Set.of(DeliveryStatus.DELIVERED), Set.of(), Set.of())))
                .containsExactly(good.id());
        assertThat(all(query(Set.of(DeliveryStatus.FAILED), Set.of(), Set.of())))
                .containsExactly(bad.id(), silent.id());
        assertThat(all(query(Set.of(DeliveryStatus.SKIPPED, DeliveryStatus.PENDING), Set.of(), Set.of())))
                .containsExactly(skipped.id(), waiting.id());
        assertThat(all(query(Set.of(), Set.of("call.failed"), Set.of()))).containsExactly(bad.id());
        assertThat(all(query(Set.of(), Set.of(), Set.of(CodeClass.C5XX)))).containsExactly(bad.id(), waiting.id());
        assertThat(all(query(Set.of(), Set.of(), Set.of(CodeClass.NONE)))).containsExactly(silent.id(), skipped.id());
        assertThat(all(query(Set.of(DeliveryStatus.FAILED), Set.of("call.completed"), Set.of(CodeClass.NONE))))
                .containsExactly(silent.id());
    }

    @Test
    void filtersByPeriodOfTheEvent() {
        for (int ago : List.of(10, 20, 30)) {
            arrived(delivery(ago));
        }
        long from = now.minusSeconds(30).toEpochMilli();
        long until = now.minusSeconds(10).toEpochMilli();

        assertThat(all(new LogQuery(Set.of(), Set.of(), Set.of(), from, until, 1, null)))
                .containsExactly(delivery(20).id(), delivery(30).id());
        assertThat(all(new LogQuery(Set.of(), Set.of(), Set.of(), from + 1, null, 100, null)))
                .containsExactly(delivery(10).id(), delivery(20).id());
    }

    @Test
    void pagesShowEachOnceWhileNewOnesCome() {
        Set<String> atFirst = new HashSet<>();
        for (int ago = 100; ago < 150; ago++) {
            atFirst.add(arrived(delivery(ago)).id());
        }
        List<String> seen = new ArrayList<>();
        @Nullable String cursor = null;
        int newer = 99;
        do {
            LogQuery query = LogQuery.newest(7);
            LogPage page = log().list(endpoint, cursor == null ? query : query.from(cursor));
            seen.addAll(ids(page));
            cursor = page.nextCursor();
            arrived(delivery(newer--));
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(atFirst);
    }

    @Test
    void refusesACursorThatIsNone() {
        assertThatThrownBy(() -> log().list(endpoint, LogQuery.newest(10).from("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cursor");
    }

    @Test
    void eventsFromStrangeTimesAreListedToo() {
        LogRows past = arrived(LogRows.of(endpoint, "evt_past", Instant.parse("1999-01-01T00:00:00Z")));
        LogRows future = LogRows.of(endpoint, "evt_future", Instant.parse("2199-01-01T00:00:00Z"));
        write(future.retried(1, now));
        arrived(future);

        assertThat(all(LogQuery.newest(100))).containsExactly(future.id(), past.id());
        assertThat(find(future).status()).isEqualTo(DeliveryStatus.DELIVERED);
    }
}
