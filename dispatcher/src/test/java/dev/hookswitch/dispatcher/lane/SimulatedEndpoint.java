package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.dispatcher.directory.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/** An endpoint of a {@link GateSimulation}, and what came of its deliveries. */
final class SimulatedEndpoint {
    private final String id;
    private final Target target;
    private final LongUnaryOperator answerNanos;
    private final List<Long> waitsNanos = new ArrayList<>();
    private final List<Long> startsNanos = new ArrayList<>();
    private final Map<String, Integer> tiers = new TreeMap<>();
    private int arrived;
    private int failed;
    private int missed;
    private int inFlight;
    private int mostInFlight;
    private int maxDeferrals;
    private long lastNanos;

    /** @param answerNanos from the time of a POST to how long its answer takes */
    SimulatedEndpoint(String id, Target target, LongUnaryOperator answerNanos) {
        this.id = id;
        this.target = target;
        this.answerNanos = answerNanos;
    }

    SimulatedEndpoint(String id, LongUnaryOperator answerNanos) {
        this(id, Samples.TARGET, answerNanos);
    }

    /** Answers after this time, give or take a tenth. */
    static LongUnaryOperator answering(GateSimulation simulation, Duration after) {
        return now -> (long) (after.toNanos() * (0.9 + 0.2 * simulation.random().nextDouble()));
    }

    static LongUnaryOperator silent() {
        return now -> Long.MAX_VALUE;
    }

    static LongUnaryOperator silentUntil(Duration time, LongUnaryOperator then) {
        return now -> now < time.toNanos() ? Long.MAX_VALUE : then.applyAsLong(now);
    }

    /** One worker does everything in turn, also what nobody waits for any more. */
    static LongUnaryOperator inTurn(Duration each) {
        long[] freeNanos = {0};
        return now -> {
            freeNanos[0] = Math.max(now, freeNanos[0]) + each.toNanos();
            return freeNanos[0] - now;
        };
    }

    String id() {
        return id;
    }

    Target target() {
        return target;
    }

    long answerNanos(long nowNanos) {
        return answerNanos.applyAsLong(nowNanos);
    }

    // ---- what happens

    void arrived() {
        arrived++;
    }

    void putOff(String tier) {
        tiers.merge(tier, 1, Integer::sum);
    }

    void started(long nowNanos) {
        startsNanos.add(nowNanos);
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    void ended(boolean inTime) {
        inFlight--;
        missed += inTime ? 0 : 1;
    }

    void done(boolean delivered, long arrivedNanos, long nowNanos, int deferrals) {
        failed += delivered ? 0 : 1;
        waitsNanos.add(nowNanos - arrivedNanos);
        maxDeferrals = Math.max(maxDeferrals, deferrals);
        lastNanos = nowNanos;
    }

    // ---- what came of it

    int arrivals() {
        return arrived;
    }

    int delivered() {
        return waitsNanos.size() - failed;
    }

    int missed() {
        return missed;
    }

    int mostInFlight() {
        return mostInFlight;
    }

    int deferrals() {
        return tiers.values().stream().mapToInt(Integer::intValue).sum();
    }

    double meanDeferrals() {
        return (double) deferrals() / arrived;
    }

    int maxDeferrals() {
        return maxDeferrals;
    }

    Duration last() {
        return Duration.ofNanos(lastNanos);
    }

    Duration waited(double quantile) {
        if (waitsNanos.isEmpty()) {
            return Duration.ZERO;
        }
        List<Long> sorted = waitsNanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * quantile)));
    }

    List<Long> startsNanos() {
        return startsNanos;
    }

    long starts(Duration from, Duration until) {
        return startsNanos.stream()
                .filter(start -> start >= from.toNanos() && start < until.toNanos())
                .count();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d arrived, %d delivered, %d failed, %d deadlines missed, most in flight %d, deferrals %.1f each and"
                        + " %d at most (%s), wait p50 %.2f s p99 %.2f s max %.2f s, last at %.1f s",
                id,
                arrived,
                delivered(),
                failed,
                missed,
                mostInFlight,
                meanDeferrals(),
                maxDeferrals,
                tiers.entrySet().stream()
                        .map(tier -> tier.getKey() + " " + tier.getValue())
                        .collect(Collectors.joining(", ")),
                waited(0.5).toNanos() / 1e9,
                waited(0.99).toNanos() / 1e9,
                waited(1).toNanos() / 1e9,
                lastNanos / 1e9);
    }
}
