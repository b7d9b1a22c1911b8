package dev.hookswitch.standalone.demo;

import java.time.Duration;
import java.util.List;

/** What a profile promises its receivers, as the vendors' pages and our design say it. */
// The lists come from List.of.
@SuppressWarnings("ImmutableEnumChecker")
enum Promise {
    RINGYO(
            "ringyo",
            List.of(1, 5, 30, 120, 600),
            Counting.ATTEMPTS,
            List.of("event", "timestamp", "webhook_id", "data")),
    RING_TONIC(
            "ring-tonic", List.of(1, 5, 30), Counting.DELIVERIES, List.of("event", "created_at", "workspace", "data")),
    STANDARD("standard", List.of(1, 5, 30, 120, 600), Counting.DELIVERIES, List.of("type", "timestamp", "data"));

    /** So many failures in a row, and an endpoint is disabled. */
    static final int DISABLED_AFTER = 10;

    private final String profile;
    private final List<Integer> delaySeconds;
    private final Counting counting;
    private final List<String> bodyFields;

    /** What counts as one failure. */
    enum Counting {
        ATTEMPTS("failed attempts"),
        DELIVERIES("failed deliveries");

        private final String words;

        Counting(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Promise(String profile, List<Integer> delaySeconds, Counting counting, List<String> bodyFields) {
        this.profile = profile;
        this.delaySeconds = delaySeconds;
        this.counting = counting;
        this.bodyFields = bodyFields;
    }

    String profile() {
        return profile;
    }

    Counting counting() {
        return counting;
    }

    /** The fields of a body, in order. */
    List<String> bodyFields() {
        return bodyFields;
    }

    int maxAttempts() {
        return delaySeconds.size() + 1;
    }

    /** How long the attempt of this number, from 2, waits after the failure before it. */
    Duration delayBefore(int attempt) {
        return Duration.ofSeconds(delaySeconds.get(attempt - 2));
    }

    /** Whether endpoints of the profile know events of that vendor. */
    boolean knows(Promise vendor) {
        return this == STANDARD || this == vendor;
    }
}
