package dev.hookswitch.retry.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.service.Health;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TierSchedulerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** An Error is no RuntimeException, and ends a thread that expects only those. */
    @Test
    void beginsAnewAfterAnError() {
        AtomicInteger sessions = new AtomicInteger();
        try (TierScheduler scheduler = new TierScheduler("5s", () -> {
            sessions.incrementAndGet();
            throw new OutOfMemoryError("of a test");
        })) {
            scheduler.start();
            await().atMost(LIMIT).until(() -> sessions.get() >= 3);
            assertThat(scheduler.health())
                    .isEqualTo(Health.down("tier 5s cannot copy: java.lang.OutOfMemoryError: of a test"));
        }
    }
}
