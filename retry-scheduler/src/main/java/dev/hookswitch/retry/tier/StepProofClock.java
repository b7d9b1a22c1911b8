package dev.hookswitch.retry.tier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wall clock, but no step of it makes a tier release anything early. A record that was parked before the clock was set
 * ahead has a timestamp of the old reckoning, one that was parked afterwards one of the new: so for as long as the former
 * can still wait, which is the tier's delay, this clock goes by the earliest reckoning that was in use. Both then come on
 * time. When the clock is set back, what was parked before comes so much later.
 *
 * <p>Steps are seen by comparing with the clock that is never set. That one may stand still while the machine is suspended,
 * which looks like a step ahead. Clocks that are slewed (NTP's usual way) take both along. For one thread.
 */
final class StepProofClock implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(StepProofClock.class);
    private static final Duration LEAST_STEP = Duration.ofMillis(5);
    /** Both clocks count as read at the same time when no more than this lies between. */
    private static final long AT_ONCE_NANOS = 1_000_000;

    private static final int TRIES = 4;

    private final InstantSource wall;
    private final LongSupplier nanoTime;
    private final long delayNanos;
    private final Deque<Reckoning> earlier = new ArrayDeque<>();
    /** The sum of all steps so far. */
    private Duration offset = Duration.ZERO;

    private Instant lastWall;
    private long lastNanos;
    private Instant lastAnswer;

    /**
     * A way of telling the time that is no longer in use.
     *
     * @param offset sum of the steps until then
     * @param endedNanos when it went out of use
     */
    private record Reckoning(Duration offset, long endedNanos) {}

    /**
     * A reading of both clocks.
     *
     * @param nanos not after the wall clock was read
     * @param exact whether hardly before
     */
    private record Look(Instant wall, long nanos, boolean exact) {}

    /**
     * Begins with the time as it is.
     *
     * @param wall may be set at any time
     * @param nanoTime never set, like {@link System#nanoTime}
     * @param delay for which records wait
     */
    StepProofClock(InstantSource wall, LongSupplier nanoTime, Duration delay) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.delayNanos = delay.toNanos();
        Look first = look();
        this.lastWall = first.wall();
        this.lastNanos = first.nanos();
        this.lastAnswer = first.wall();
    }

    @Override
    public Instant instant() {
        Look now = look();
        if (!now.exact()) {
            // Was it a step, or was this thread held up between both readings? The next look tells.
            Instant steady = lastAnswer.plusNanos(now.nanos() - lastNanos);
            return steady.isBefore(now.wall()) ? steady : now.wall();
        }
        Duration step = Duration.between(lastWall, now.wall()).minusNanos(now.nanos() - lastNanos);
        if (step.abs().compareTo(LEAST_STEP) >= 0) {
            earlier.add(new Reckoning(offset, now.nanos()));
            offset = offset.plus(step);
            LOG.warn("the clock was set by {} ms; no retry is released early for it", step.toMillis());
        }
        lastWall = now.wall();
        lastNanos = now.nanos();
        lastAnswer = now.wall().minus(ahead(now.nanos()));
        return lastAnswer;
    }

    private Look look() {
        Look look = lookOnce();
        for (int tried = 1; !look.exact() && tried < TRIES; tried++) {
            look = lookOnce();
        }
        return look;
    }

    private Look lookOnce() {
        long before = nanoTime.getAsLong();
        Instant now = wall.instant();
        return new Look(now, before, nanoTime.getAsLong() - before <= AT_ONCE_NANOS);
    }

    /** How far the wall clock is ahead of the earliest reckoning by which something may still wait. */
    private Duration ahead(long nanos) {
        earlier.removeIf(reckoning -> nanos - reckoning.endedNanos() > delayNanos);
        Duration earliest = offset;
        for (Reckoning reckoning : earlier) {
            earliest = reckoning.offset().compareTo(earliest) < 0 ? reckoning.offset() : earliest;
        }
        return offset.minus(earliest);
    }
}
