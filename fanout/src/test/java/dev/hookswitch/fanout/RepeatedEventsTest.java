package dev.hookswitch.fanout;

import static dev.hookswitch.fanout.FanoutDriver.NOW;
import static dev.hookswitch.fanout.Samples.RINGYO;
import static dev.hookswitch.fanout.Samples.STANDARD;
import static dev.hookswitch.fanout.Samples.event;
import static dev.hookswitch.fanout.Samples.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedEventsTest {
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(10));

    private final FanoutDriver fanout = new FanoutDriver();

    @BeforeEach
    void subscribe() {
        fanout.subscribe(subscription("wh_1", STANDARD, "*"));
    }

    @AfterEach
    void close() {
        fanout.close();
    }

    @Test
    void repeatMakesNoSecondDeliveryAndIsCounted() {
        fanout.event(order("evt_1", "{\"a\":1}"));
        fanout.event(order("evt_1", "{\"a\":1}"));
        fanout.event(order("evt_2", "{\"a\":1}"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_1", "wh_1");
        assertThat(fanout.refused()).isEmpty();
        assertThat(fanout.count("repeats", "content", "same")).isEqualTo(1);
        assertThat(fanout.count("events")).isEqualTo(3);
        assertThat(fanout.count("accepted")).isEqualTo(2);
    }

    @Test
    void idsBelongToTheirTenants() {
        fanout.subscribe(Samples.subscription("other", "wh_2", "standard", Set.of("*"), true, 1));

        fanout.event(order("evt_1", "{}"));
        fanout.event(event("evt_1", "order.paid", "other", null, "{}"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_1", "wh_2");
    }

    @Test
    void windowEndsToTheMillisecond() {
        fanout.event(order("evt_1", "{}"), LONG_AGO);
        fanout.event(order("evt_1", "{}"), LONG_AGO.plus(WINDOW).minus(MOMENT));
        assertThat(fanout.deliveries()).hasSize(1);

        fanout.event(order("evt_1", "{}"), LONG_AGO.plus(WINDOW));
        assertThat(fanout.deliveries()).hasSize(1);

        fanout.event(order("evt_1", "{}"), LONG_AGO.plus(WINDOW).plus(WINDOW).minus(MOMENT));
        assertThat(fanout.deliveries()).isEmpty();
    }

    /** The window begins with the publication that was taken: repeats do not prolong it. */
    @Test
    void repeatsDoNotProlongTheWindow() {
        for (int hour = 0; hour < 24; hour++) {
            fanout.event(order("evt_1", "{}"), LONG_AGO.plus(Duration.ofHours(hour)));
        }
        assertThat(fanout.deliveries()).hasSize(1);

        fanout.event(order("evt_1", "{}"), LONG_AGO.plus(WINDOW));
        assertThat(fanout.deliveries()).hasSize(1);
    }

    /** Down for three days, then everything at once: what counts is when events were published. */
    @Test
    void backlogIsJudgedByTheTimesOfPublication() {
        fanout.event(order("near", "{}"), LONG_AGO);
        fanout.event(order("far", "{}"), LONG_AGO);
        fanout.later(Duration.ofDays(3));
        fanout.event(order("near", "{}"), LONG_AGO.plus(Duration.ofHours(1)));
        fanout.event(order("far", "{}"), LONG_AGO.plus(Duration.ofHours(25)));

        assertThat(fanout.deliveries()).hasSize(3);
        assertThat(fanout.count("repeats", "content", "same")).isEqualTo(1);
    }

    /** Else one record from the year 2100 would make the fan-out forget all that it knows. */
    @Test
    void publicationInTheFutureCountsAsNow() {
        fanout.event(order("evt_1", "{}"), NOW.minus(Duration.ofHours(1)));
        fanout.event(order("future", "{}"), NOW.plus(Duration.ofDays(30_000)));
        fanout.event(order("evt_1", "{}"), NOW);
        assertThat(fanout.deliveries()).hasSize(2);

        fanout.later(Duration.ofHours(23));
        fanout.event(order("evt_1", "{}"));
        assertThat(fanout.deliveries()).hasSize(1);
    }

    /** Publishers that stamp nothing, or in seconds: the clock of the window still goes. */
    @Test
    void uselessTimestampsNeitherLoseNorKeepForEver() {
        for (long stamp : new long[] {0, NOW.getEpochSecond()}) {
            Instant useless = Instant.ofEpochMilli(stamp);
            String id = "evt_" + stamp;
            fanout.event(order(id, "{}"), useless);
            fanout.event(order(id, "{}"), useless);
            assertThat(fanout.deliveries()).hasSize(1);

            fanout.later(WINDOW.multipliedBy(2));
            fanout.event(order(id, "{}"), useless);
            assertThat(fanout.deliveries()).hasSize(1);
        }
    }

    /** Random ids at random times, out of order, against the plain rule. */
    @Test
    void agreesWithAModel() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<Integer, Long> taken = new HashMap<>();
        long clock = 0;
        long ahead = LONG_AGO.toEpochMilli();
        for (int i = 0; i < 1_500; i++) {
            ahead += random.nextInt((int) Duration.ofMinutes(8).toMillis());
            long stamp = ahead - (random.nextInt(4) == 0 ? random.nextInt(40_000_000) : 0);
            int id = random.nextInt(150);
            clock = Math.max(clock, stamp);
            Long first = taken.get(id);
            boolean repeat = first != null && clock - first < WINDOW.toMillis();
            if (!repeat) {
                taken.put(id, clock);
            }

            fanout.event(order("evt_" + id, "{}"), Instant.ofEpochMilli(stamp));

            assertThat(fanout.deliveries()).as("seed %d, step %d", seed, i).hasSize(repeat ? 0 : 1);
        }
    }

    @Test
    void remembersNoMoreThanAWindowAndAHalf() {
        for (int i = 0; i < 10 * 48; i++) {
            fanout.event(order("evt_" + i, "{}"), LONG_AGO.plus(Duration.ofMinutes(30L * i)));
            if (i % 7 == 0) {
                assertThat(fanout.remembered()).isBetween(Math.min(i + 1L, 48), 72L);
            }
        }
    }

    @Test
    void anotherEventWithATakenIdIsADeadLetterThatSaysWhereTheFirstIs() {
        byte[] other = order("evt_1", "{\"a\":2}");
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", "abc".getBytes(UTF_8));
        fanout.event(new byte[] {1});
        fanout.event(order("evt_1", "{\"a\":1}"));
        fanout.deadLetters();

        fanout.event("own key".getBytes(UTF_8), other, headers, NOW);

        assertThat(fanout.deliveries()).hasSize(1);
        var letter = fanout.deadLetters().get(0);
        assertThat(FanoutDriver.header(letter, "hs-reason")).isEqualTo("id_taken");
        assertThat(FanoutDriver.header(letter, "hs-pointer")).isEqualTo("/id");
        assertThat(FanoutDriver.header(letter, "hs-message")).contains("partition 0, offset 1 of events");
        assertThat(FanoutDriver.header(letter, "hs-source")).isEqualTo(fanout.topics.events() + ":0:2");
        assertThat(letter.key()).isEqualTo("own key".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(other);
        assertThat(Arrays.stream(letter.headers().toArray()).map(header -> header.key()))
                .containsExactly("trace", "hs-reason", "hs-pointer", "hs-message", "hs-source", "hs-failed-at-ms");
        assertThat(fanout.count("repeats", "content", "different")).isEqualTo(1);
    }

    @Test
    void layoutOfTheJsonMakesNoOtherEvent() {
        fanout.event(order("evt_1", "{\"a\":1.0,\"b\":\"x\"}"));
        fanout.event(
                (" " + new String(order("evt_1", "{ \"a\" : 1.00 , \"b\" : \"\\u0078\" }"), UTF_8)).getBytes(UTF_8));

        assertThat(fanout.deliveries()).hasSize(1);
        assertThat(fanout.refused()).isEmpty();
    }

    @Test
    void refusedEventMayComeAgainMended() {
        fanout.subscribe(subscription("wh_2", RINGYO, "call.failed"));
        fanout.unsubscribe(subscription("wh_1", STANDARD, "*").id());

        fanout.event(event("evt_1", "call.failed", null, "{\"call_id\":7}"));
        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(fanout.refused()).hasSize(1).first().asString().startsWith("schema");
        assertThat(fanout.deliveredTo()).containsExactly("wh_2");
    }

    @Test
    void whatNobodyAskedForIsNotRemembered() {
        fanout.unsubscribe(subscription("wh_1", STANDARD, "*").id());
        fanout.event(order("evt_1", "{}"));
        assertThat(fanout.deliveries()).isEmpty();

        subscribe();
        fanout.event(order("evt_1", "{}"));
        assertThat(fanout.deliveries()).hasSize(1);
    }

    @Test
    void skippedDeliveryHasOneRow() {
        fanout.status(Samples.disabled("wh_1", 1));

        fanout.event(order("evt_1", "{}"));
        fanout.event(order("evt_1", "{}"));

        assertThat(fanout.skipped()).containsExactly("wh_1 endpoint_disabled");
    }

    @Test
    void nothingIsRememberedWhenTheWindowIsOff() {
        try (FanoutDriver off = new FanoutDriver(Map.of("events.repeat-window", "0s"))) {
            off.subscribe(subscription("wh_1", STANDARD, "*"));
            off.event(order("evt_1", "{}"));
            off.event(order("evt_1", "{}"));

            assertThat(off.deliveries()).hasSize(2);
            assertThat(off.count("moved")).isZero();
        }
    }

    private static byte[] order(String id, String data) {
        return event(id, "order.paid", null, data);
    }
}
