package dev.hookswitch.dispatcher.attempt;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.topics.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides what follows from an attempt. Pure: no clock, no chance. */
public final class RetryPolicy {
    /**
     * What is put off is looked at again after this at the latest, whatever tiers the schedules of failures may need: an
     * endpoint that is back, a limit that was raised or an outage of ours that is over must not be noticed hours later.
     */
    private static final Duration LONGEST_PUT_OFF = Duration.ofMinutes(10);

    private final List<Tier> tiers;
    private final List<Tier> forPutOff;

    /** @param tiers the delay tiers, ascending, at least one */
    public RetryPolicy(List<Tier> tiers) {
        this.tiers = List.copyOf(tiers);
        List<Tier> within = tiers.stream()
                .filter(tier -> tier.delay().compareTo(LONGEST_PUT_OFF) <= 0)
                .toList();
        this.forPutOff = within.isEmpty() ? List.of(tiers.get(0)) : within;
    }

    /**
     * What follows.
     *
     * @param schedule that of the endpoint
     * @param attempt the number of the attempt that was made, from 1
     * @param result how it ended
     * @param retryAfter what the receiver asked for with a 429 or 503; honoured up to the longest tier, and never shortens
     *     the schedule
     */
    public Decision decide(RetrySchedule schedule, int attempt, AttemptResult result, Optional<Duration> retryAfter) {
        if (result.isSuccess()) {
            return new Decision.Delivered();
        }
        boolean goneForGood = result == AttemptResult.GONE && schedule.goneIsFinal();
        if (goneForGood || attempt >= schedule.maxAttempts()) {
            return new Decision.Exhausted();
        }
        Duration scheduled = schedule.delays().get(attempt - 1);
        Duration wait =
                retryAfter.filter(asked -> asked.compareTo(scheduled) > 0).orElse(scheduled);
        return new Decision.Retry(tierFor(wait));
    }

    /** Where a delivery waits that was put off for the n-th time for a reason that may pass, n from 0. */
    public Tier climb(int deferrals) {
        return forPutOff.get(Math.min(deferrals, forPutOff.size() - 1));
    }

    /** Where a delivery waits whose endpoint is busy: the longest tier that is not longer, or the shortest there is. */
    public Tier within(Duration wait) {
        Tier found = forPutOff.get(0);
        for (Tier tier : forPutOff) {
            if (tier.delay().compareTo(wait) <= 0) {
                found = tier;
            }
        }
        return found;
    }

    /** The smallest tier that is not shorter than the wait, or the longest there is. */
    private Tier tierFor(Duration wait) {
        for (Tier tier : tiers) {
            if (tier.delay().compareTo(wait) >= 0) {
                return tier;
            }
        }
        return tiers.get(tiers.size() - 1);
    }
}
