package dev.hookswitch.benchmarks.retries;

import dev.hookswitch.benchmarks.recovery.RecoveryTrial;
import dev.hookswitch.benchmarks.rig.Setup;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a run measures.
 *
 * @param scenarios what is measured
 * @param perSecond retries through each tier
 * @param window how long that is measured
 * @param timeScale divides the tiers' delays in the scenarios that measure lateness; 1 for a real proof
 * @param parked retries that wait in the longest tier
 * @param outageScale divides all times of the outage
 * @param outagePerSecond retries through each tier in it
 * @param dead how the endpoint that dies is measured
 * @param recovery what is recovered
 * @param broker properties of the broker of the scenarios that judge the tiers alone
 * @param setup of topics and roles; its flags are those of the scheduler
 */
record Options(
        Set<Scenario> scenarios,
        int perSecond,
        Duration window,
        double timeScale,
        int parked,
        double outageScale,
        int outagePerSecond,
        Dead dead,
        RecoveryTrial.Plan recovery,
        Map<String, String> broker,
        Setup setup) {

    /**
     * The endpoint that dies.
     *
     * @param timeScale divides the tiers' delays and how long it is dead
     * @param perSecond deliveries to all endpoints together, a tenth of them to the one that dies
     * @param endpoints the others
     * @param warmUp before anything counts
     * @param calm before it dies, and again at the end
     */
    record Dead(double timeScale, int perSecond, int endpoints, Duration warmUp, Duration calm) {
        private static final Duration REALLY_DEAD = Duration.ofMinutes(30);

        Dead {
            if (perSecond < 10 || perSecond % 10 != 0) {
                throw new IllegalArgumentException("dead-rate must be a multiple of 10, was: " + perSecond);
            }
        }

        int dyingPerSecond() {
            return perSecond / 10;
        }

        /** What the endpoint may get per second: three times its traffic, so that it can make up for what it missed. */
        int cap() {
            return 3 * dyingPerSecond();
        }

        Duration dead() {
            return scaled(REALLY_DEAD, timeScale);
        }

        /** As long as it takes to make up for all that came while it was dead, at the cap, and half as long again. */
        Duration recovery() {
            return dead().multipliedBy(3).dividedBy(4);
        }
    }

    private static final Duration REAL_OUTAGE = Duration.ofMinutes(15);

    Options {
        if (perSecond < 1 || outagePerSecond < 1) {
            throw new IllegalArgumentException("rates must be 1 or more");
        }
        if (timeScale < 1 || outageScale < 1 || dead.timeScale() < 1) {
            throw new IllegalArgumentException("time scales must be 1 or more");
        }
        if (parked < 1 || parked > 20_000_000) {
            throw new IllegalArgumentException("parked must be from 1 to 20000000, was: " + parked);
        }
        if (window.compareTo(Duration.ofSeconds(5)) < 0) {
            throw new IllegalArgumentException("seconds must be 5 or more, was: " + window.toSeconds());
        }
        scenarios = Collections.unmodifiableSet(EnumSet.copyOf(scenarios));
        broker = Map.copyOf(broker);
    }

    List<Tier> tiers() {
        return TopicLayout.of(Settings.of(setup.settings())).tiers();
    }

    /** How long a retry waits in each tier. */
    List<Duration> delays(double scale) {
        return tiers().stream().map(tier -> scaled(tier.delay(), scale)).toList();
    }

    /** Retries of a tier that come due in the window. */
    double inWindow() {
        return perSecond * window.toMillis() / 1e3;
    }

    Duration outage() {
        return scaled(REAL_OUTAGE, outageScale);
    }

    /** As the tiers do it: whole milliseconds, rounded up. */
    static Duration scaled(Duration duration, double timeScale) {
        return Duration.ofMillis((long) Math.ceil(duration.toMillis() / timeScale));
    }
}
