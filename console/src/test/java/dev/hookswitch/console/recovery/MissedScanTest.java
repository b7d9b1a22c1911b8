package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.RecoveryRow.Source;
import dev.hookswitch.common.model.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissedScanTest {
    private static final EventParser PARSER = new EventParser(10_000);

    private final MissedScan scan = scan("*");

    @Test
    void whatWasPublishedTwiceIsAtItsFirstPlaceWhicheverCopyIsReadFirst() {
        DomainEvent event = event("acme", "evt_1", "call.completed", "");
        List<Place> copies = List.of(place(1, 5), place(0, 9), place(0, 7), place(2, 1));
        copies.forEach(copy -> scan.take(event, copy.partition(), copy.offset()));
        assertThat(scan.found()).containsExactly(place(0, 7));
    }

    @Test
    void whatTheEndpointHasOrMayNotHaveIsNotMissed() {
        DomainEvent had = event("acme", "evt_1", "call.completed", "");
        scan.has(had.id());
        scan.take(had, 0, 1);
        scan.take(event("other", "evt_2", "call.completed", ""), 0, 2);
        assertThat(scan.found()).isEmpty();
    }

    /** The fan-out knows an event by its id, too: another one with it is a dead letter. */
    @Test
    void anotherEventWithTheSameIdIsNotMissed() {
        scan.has("evt_1");
        String later = "{\"id\":\"evt_1\",\"type\":\"call.completed\",\"tenant\":\"acme\","
                + "\"occurred_at\":\"2026-01-15T18:00:00Z\",\"data\":{\"other\":1}}";
        scan.take(((ParsedEvent.Accepted) PARSER.parse(later.getBytes(UTF_8))).event(), 0, 1);
        assertThat(scan.found()).isEmpty();
    }

    @Test
    void whatIsToldOfAnEndpointGoesToOthersThatNameTheType() {
        DomainEvent ofOther = event("acme", "oev_1", "endpoint.disabled", "wh_2");
        DomainEvent ofItself = event("acme", "oev_2", "endpoint.disabled", "wh_1");
        DomainEvent unnamed = event("acme", "oev_3", "endpoint.failing", "wh_2");
        MissedScan named = scan("endpoint.disabled");
        for (MissedScan each : List.of(scan, named)) {
            each.take(ofOther, 0, 1);
            each.take(ofItself, 0, 2);
            each.take(unnamed, 0, 3);
        }
        assertThat(scan.found()).isEmpty();
        assertThat(named.found()).containsExactly(place(0, 1));
    }

    @Test
    void remembersNoMoreThanItMay() {
        scan.has("evt_0");
        scan.take(event("acme", "evt_1", "call.completed", ""), 0, 1);
        scan.take(event("acme", "evt_2", "call.completed", ""), 0, 2);
        DomainEvent third = event("acme", "evt_3", "call.completed", "");
        assertThatThrownBy(() -> scan.take(third, 0, 3))
                .isInstanceOf(RecoveryRefused.class)
                .hasMessage("more than 3 deliveries (recovery.max-deliveries): those that the endpoint has count, too:"
                        + " choose a later time, or allow more");
    }

    private static MissedScan scan(String type) {
        return new MissedScan(RecoverySettings.of(Settings.of(Map.of())).eligibility(subscription(type)), 3);
    }

    private static Place place(int partition, long offset) {
        return new Place(Source.EVENTS, partition, offset);
    }

    private static DomainEvent event(String tenant, String id, String type, String about) {
        String json = "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"tenant\":\"" + tenant
                + "\",\"occurred_at\":\"2026-01-15T14:30:00Z\","
                + (about.isEmpty() ? "" : "\"about_endpoint\":\"" + about + "\",") + "\"data\":{}}";
        return ((ParsedEvent.Accepted) PARSER.parse(json.getBytes(UTF_8))).event();
    }

    private static Subscription subscription(String type) {
        return new Subscription(
                "acme",
                "wh_1",
                "standard",
                "",
                "https://a.example",
                Set.of(type),
                null,
                null,
                true,
                1,
                1,
                List.of(),
                0,
                0);
    }
}
