package dev.hookswitch.ingest;

import dev.hookswitch.common.service.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka takes events, as the last one showed. A failure counts for a while only: what is not ready gets no
 * requests, so nothing else would show that it is over.
 */
final class KafkaState {
    static final Duration FAILURE_COUNTS_FOR = Duration.ofSeconds(10);

    private final InstantSource clock;
    private volatile @Nullable Failure failure;

    /** @param lasting when a new try by the same producer is of no use */
    private record Failure(Instant at, String detail, boolean lasting) {}

    KafkaState(InstantSource clock) {
        this.clock = clock;
    }

    void acknowledged() {
        failure = null;
    }

    /** Returns whether this is news: the last result was no failure. */
    boolean failed(String detail, boolean lasting) {
        boolean news = failure == null;
        failure = new Failure(clock.instant(), detail, lasting);
        return news;
    }

    Health health() {
        Failure last = failure;
        if (last == null || last.at().plus(FAILURE_COUNTS_FOR).isBefore(clock.instant())) {
            return Health.UP;
        }
        String detail = "Kafka did not take the last event: " + last.detail();
        return last.lasting() ? Health.down(detail) : Health.starting(detail);
    }
}
