package dev.hookswitch.common.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each key, of the keys that were used last. One that falls out begins full again, as it would be anyway
 * after a period without use. Safe for many threads.
 */
final class TokenBuckets<K> {
    /** Who comes back at the very nanosecond that was named is not sent away. */
    private static final double ROUNDING = 1e-6;

    private final int maxKeys;
    private final Map<K, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** How many tokens there were, and when. */
    private record Bucket(double tokens, long atNanos) {
        /** What is in it now. Never goes back: who read the clock first may come second. */
        Bucket filled(RateLimit limit, long nowNanos) {
            long sinceNanos = Math.max(0, nowNanos - atNanos);
            return new Bucket(
                    Math.min(limit.requests(), tokens + sinceNanos / limit.nanosForOne()), atNanos + sinceNanos);
        }
    }

    /**
     * What became of a request.
     *
     * @param taken whether there was a token for it
     * @param remaining how many are left
     * @param untilNext how long until there is one again; zero when there is
     * @param untilFull how long until all are there again
     */
    record Taken(boolean taken, int remaining, Duration untilNext, Duration untilFull) {}

    TokenBuckets(int maxKeys) {
        this.maxKeys = maxKeys;
    }

    /**
     * Takes one token, if there is one.
     *
     * @param limit of this key now; it may change from call to call
     * @param nowNanos of a clock that never goes back
     */
    synchronized Taken take(K key, RateLimit limit, long nowNanos) {
        Bucket known = buckets.get(key);
        Bucket now = known == null ? new Bucket(limit.requests(), nowNanos) : known.filled(limit, nowNanos);
        boolean taken = now.tokens() >= 1 - ROUNDING;
        double left = taken ? Math.max(0, now.tokens() - 1) : now.tokens();
        buckets.put(key, new Bucket(left, now.atNanos()));
        if (buckets.size() > maxKeys) {
            // The first is the one that was not used for the longest time.
            buckets.remove(buckets.keySet().iterator().next());
        }
        return new Taken(taken, (int) left, nanos(Math.max(0, 1 - left), limit), nanos(limit.requests() - left, limit));
    }

    /** How many keys are remembered. */
    synchronized int size() {
        return buckets.size();
    }

    private static Duration nanos(double tokens, RateLimit limit) {
        return Duration.ofNanos((long) Math.ceil(tokens * limit.nanosForOne()));
    }
}
