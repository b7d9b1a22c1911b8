package dev.hookswitch.dispatcher.attempt;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.topics.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides what follows from an attempt. Pure: no clock, no chance. */
public final class RetryPolicy {
    private final List<Tier> tiers;

    /** @param tiers the delay tiers, ascending, at least one */
    public RetryPolicy(List<Tier> tiers) {
        this.tiers = List.copyOf(tiers);
    }

    /**
     * What follows.
     *
     * @param profile the endpoint's profile, whose schedule counts
     * @param attempt the number of the attempt that was made, from 1
     * @param result how it ended
     * @param retryAfter what the receiver asked for with a 429 or 503; honoured up to the longest tier, and never shortens
     *     the schedule
     */
    public Decision decide(Profile profile, int attempt, AttemptResult result, Optional<Duration> retryAfter) {
        if (result.isSuccess()) {
            return new Decision.Delivered();
        }
        boolean goneForGood = result == AttemptResult.GONE && profile.disable().atOnceOnGone();
        if (goneForGood || attempt >= profile.maxAttempts()) {
            return new Decision.Exhausted();
        }
        Duration scheduled = profile.retryDelays().get(attempt - 1);
        Duration wait =
                retryAfter.filter(asked -> asked.compareTo(scheduled) > 0).orElse(scheduled);
        return new Decision.Retry(tierFor(wait));
    }

    /** Where a delivery waits that was put off for the n-th time for a reason that may pass, n from 0. */
    public Tier climb(int deferrals) {
        return tiers.get(Math.min(deferrals, tiers.size() - 1));
    }

    /** Where a delivery waits whose endpoint is busy: the longest tier that is not longer, or the shortest there is. */
    public Tier within(Duration wait) {
        Tier found = tiers.get(0);
        for (Tier tier : tiers) {
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
