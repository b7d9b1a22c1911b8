package dev.hookswitch.dispatcher.lane;

import static dev.hookswitch.dispatcher.lane.SimulatedEndpoint.answering;
import static dev.hookswitch.dispatcher.lane.SimulatedEndpoint.inTurn;
import static dev.hookswitch.dispatcher.lane.SimulatedEndpoint.silent;
import static dev.hookswitch.dispatcher.lane.SimulatedEndpoint.silentUntil;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of deliveries that are put off: simulated with the gate and the tiers as they are, and logged. */
class DeferralFairnessTest {
    private static final Logger LOG = LoggerFactory.getLogger(DeferralFairnessTest.class);
    private static final long SEED = 20260115;
    private static final int CAP = 32;
    private static final int LANE = 512;

    private final GateSimulation simulation = new GateSimulation(new EndpointGate(CAP, LANE, 0), LANE, SEED);
    private final List<SimulatedEndpoint> shown = new ArrayList<>();
    private final List<SimulatedEndpoint> others = new ArrayList<>();

    @AfterEach
    void show() {
        shown.forEach(endpoint -> LOG.info("{}", endpoint));
    }

    private SimulatedEndpoint show(SimulatedEndpoint endpoint) {
        shown.add(endpoint);
        return endpoint;
    }

    /** Nine endpoints that answer after 2 to 512 ms. */
    private void addOthers(double perSecond, Duration until) {
        for (int millis = 2; millis <= 512; millis *= 2) {
            SimulatedEndpoint other =
                    new SimulatedEndpoint("after " + millis + " ms", answering(simulation, Duration.ofMillis(millis)));
            simulation.steady(other, perSecond, Duration.ZERO, until);
            others.add(other);
        }
    }

    private void assertThatOthersFeltNothing() {
        assertThat(others).allSatisfy(other -> {
            assertThat(other.delivered()).isEqualTo(other.arrivals());
            assertThat(other.meanDeferrals()).isLessThan(0.03);
            assertThat(other.waited(0.95)).isLessThan(Duration.ofMillis(700));
        });
    }

    /** The endpoint answers 100 a second: 32 places, 320 ms. 100 s are ideal. */
    @ParameterizedTest
    @CsvSource({"1000000, 145, 9", "5000, 120, 8"})
    void burstEndsNearTheIdealTime(double readPerSecond, long lastSeconds, double meanDeferrals) {
        SimulatedEndpoint burst = show(new SimulatedEndpoint("burst", answering(simulation, Duration.ofMillis(320))));
        simulation.burst(burst, 10_000, readPerSecond, Duration.ZERO);
        addOthers(20, Duration.ofSeconds(150));

        simulation.run();

        assertThat(burst.delivered()).isEqualTo(10_000);
        assertThat(burst.last()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(lastSeconds));
        assertThat(burst.meanDeferrals()).isLessThan(meanDeferrals);
        assertThat(burst.maxDeferrals()).isLessThan(25);
        assertThat(burst.mostInFlight()).isEqualTo(CAP);
        assertThatOthersFeltNothing();
    }

    /** Half of what the endpoint can answer goes on coming: the burst takes 200 s, and in turn nobody waits over 100 s. */
    @Test
    void burstDoesNotStarveBehindFreshTraffic() {
        SimulatedEndpoint burst = show(new SimulatedEndpoint("burst", answering(simulation, Duration.ofMillis(320))));
        simulation.burst(burst, 10_000, 20_000, Duration.ZERO);
        simulation.steady(burst, 50, Duration.ZERO, Duration.ofSeconds(200));

        simulation.run();

        assertThat(burst.delivered()).isEqualTo(burst.arrivals());
        assertThat(burst.last()).isLessThan(Duration.ofSeconds(225));
        assertThat(burst.waited(0.99)).isLessThan(Duration.ofSeconds(140));
        assertThat(burst.waited(1)).isLessThan(Duration.ofSeconds(170));
        assertThat(burst.maxDeferrals()).isLessThan(25);
    }

    /** Another lane knows neither pace nor backlog: only what the deliveries carry. */
    @Test
    void backlogSurvivesThatAnotherLaneTakesOver() {
        SimulatedEndpoint burst = show(new SimulatedEndpoint("burst", answering(simulation, Duration.ofMillis(320))));
        simulation.burst(burst, 30_000, 20_000, Duration.ZERO);
        simulation.at(Duration.ofSeconds(100), () -> simulation.takeOver(new EndpointGate(CAP, LANE, 0)));

        simulation.run();

        assertThat(burst.delivered()).isEqualTo(30_000);
        assertThat(burst.last()).isLessThan(Duration.ofSeconds(345));
        assertThat(burst.meanDeferrals()).isLessThan(12);
        assertThat(burst.maxDeferrals()).isLessThan(40);
    }

    /**
     * A tenth of all traffic goes to an endpoint that is dead for half an hour, and then answers 10 a second while 6 a
     * second go on coming: 10,800 wait, 4 a second can be worked off, so 45 minutes more are ideal.
     */
    @Test
    void endpointThatWasDeadWorksOffWhatWaited() {
        Duration dead = Duration.ofMinutes(30);
        Duration end = Duration.ofMinutes(75);
        SimulatedEndpoint back = show(new SimulatedEndpoint(
                "dead, then slow", silentUntil(dead, answering(simulation, Duration.ofMillis(3_200)))));
        simulation.steady(back, 6, Duration.ZERO, end);
        addOthers(6, end);

        simulation.run();

        assertThat(back.delivered()).isEqualTo(back.arrivals());
        assertThat(back.last()).isLessThan(end.plusMinutes(12));
        assertThat(back.meanDeferrals()).isLessThan(12);
        assertThat(back.maxDeferrals()).isLessThan(60);
        assertThat(back.starts(Duration.ZERO, dead)).as("POSTs while dead").isLessThan(400);
        assertThat(back.mostInFlight()).isLessThanOrEqualTo(CAP);
        Duration soon = dead.plusSeconds(30);
        assertThat(back.starts(soon, soon.plusSeconds(60)) / 60.0)
                .as("rate once it is back")
                .isGreaterThan(9);
        assertThatOthersFeltNothing();
    }

    /** Nobody waits much longer after an outage than the outage took. */
    @Test
    void shortOutageIsOverSoon() {
        Duration dead = Duration.ofMinutes(2);
        SimulatedEndpoint back = show(new SimulatedEndpoint(
                "dead for a while", silentUntil(dead, answering(simulation, Duration.ofMillis(20)))));
        simulation.steady(back, 100, Duration.ZERO, dead);

        simulation.run();

        assertThat(back.delivered()).isEqualTo(back.arrivals());
        assertThat(back.last()).isLessThan(dead.multipliedBy(2).plusSeconds(5));
        assertThat(back.waited(0.99)).isLessThan(dead.plusSeconds(5));
        assertThat(back.maxDeferrals()).isLessThan(25);
    }

    @ParameterizedTest
    @CsvSource({"100, 10000", "3, 500", "0.5, 200", "2.5, 300"})
    void limitedBurstIsSpreadEvenly(double perSecond, int count) {
        SimulatedEndpoint limited = show(new SimulatedEndpoint(
                "limited to " + perSecond, Samples.limited(perSecond), answering(simulation, Duration.ofMillis(20))));
        simulation.burst(limited, count, 5_000, Duration.ZERO);
        Duration ideal = Duration.ofMillis((long) (count / perSecond * 1_000));

        simulation.run();

        assertThat(limited.delivered()).isEqualTo(count);
        assertThat(limited.last()).isLessThan(ideal.plus(Duration.ofMillis(1_500)));
        assertThat(limited.meanDeferrals()).isLessThan(8);
        assertThat(limited.maxDeferrals()).isLessThan(20);
        assertThatLimitIsKept(limited, perSecond);
        for (long second = 0; second < ideal.toSeconds() - 10; second += 10) {
            Duration from = Duration.ofSeconds(second);
            assertThat((double) limited.starts(from, from.plusSeconds(10)))
                    .as("from second %s", second)
                    .isGreaterThan(perSecond * 10 * 0.85 - 1);
        }
    }

    /** As much goes on coming as the limit allows, and more: all wait alike, none starves. */
    @Test
    void limitedBurstDoesNotStarveBehindFreshTraffic() {
        SimulatedEndpoint limited = show(
                new SimulatedEndpoint("limited", Samples.limited(100), answering(simulation, Duration.ofMillis(20))));
        simulation.burst(limited, 2_000, 5_000, Duration.ZERO);
        simulation.steady(limited, 130, Duration.ZERO, Duration.ofSeconds(60));
        Duration ideal = Duration.ofSeconds(20 + 78);

        simulation.run();

        assertThat(limited.delivered()).isEqualTo(limited.arrivals());
        assertThat(limited.last()).isLessThan(ideal.plusSeconds(5));
        assertThat(limited.waited(1)).isLessThan(Duration.ofSeconds(42));
        assertThat(limited.maxDeferrals()).isLessThan(16);
        assertThatLimitIsKept(limited, 100);
    }

    private static void assertThatLimitIsKept(SimulatedEndpoint endpoint, double perSecond) {
        long burst = Math.max(1, (long) perSecond);
        List<Long> starts = endpoint.startsNanos();
        double most = 0;
        for (int first = 0; first < starts.size(); first++) {
            for (int last = first; last < starts.size(); last++) {
                most = Math.max(most, last - first + 1 - perSecond * (starts.get(last) - starts.get(first)) / 1e9);
            }
        }
        assertThat(most).as("beyond the even pace, in any window").isLessThanOrEqualTo(burst + 1e-6);
    }

    /** With 32 in flight each would wait 9.6 s, past the deadline of 5 s, and nothing would ever be delivered in time. */
    @Test
    void endpointWithOneWorkerIsNotCalledToDeath() {
        SimulatedEndpoint weak = show(new SimulatedEndpoint("one worker", inTurn(Duration.ofMillis(300))));
        simulation.burst(weak, 300, 20_000, Duration.ZERO);
        simulation.steady(weak, 1, Duration.ZERO, Duration.ofMinutes(5));

        simulation.run();

        assertThat(weak.delivered()).isEqualTo(weak.arrivals());
        assertThat(weak.missed()).isZero();
        assertThat(weak.mostInFlight()).isBetween(8, 16);
        assertThat(weak.last()).isLessThan(Duration.ofSeconds(310));
    }

    /** A hundred of a thousand endpoints hang and get a third of the traffic, for 30 s, in a lane of 512 places. */
    @Test
    void endpointsThatHangTakeFewPlaces() {
        List<SimulatedEndpoint> hanging = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            boolean bad = i < 100;
            SimulatedEndpoint endpoint = new SimulatedEndpoint(
                    "endpoint " + i, bad ? silent() : answering(simulation, Duration.ofMillis(20)));
            simulation.steady(endpoint, bad ? 10 : 20.0 / 9, Duration.ZERO, Duration.ofSeconds(30));
            if (bad) {
                hanging.add(endpoint);
            } else {
                others.add(endpoint);
            }
        }

        simulation.run(Duration.ofSeconds(31));

        assertThat(others).allSatisfy(healthy -> {
            assertThat(healthy.deferrals()).isZero();
            assertThat(healthy.waited(1)).isLessThan(Duration.ofMillis(100));
        });
        shown.add(hanging.get(0));
        shown.add(others.get(0));
    }
}
