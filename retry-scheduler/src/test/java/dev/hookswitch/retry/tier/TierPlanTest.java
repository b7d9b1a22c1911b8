package dev.hookswitch.retry.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierPlanTest {
    @ParameterizedTest
    @CsvSource({"1000, 1, 1000", "600000, 100, 6000", "1000, 3, 334", "1, 1000000, 1"})
    void theTimeScaleDividesTheDelayAndRoundsUp(long delayMs, double timeScale, long expectedMs) {
        assertThat(TierPlan.scaled(Duration.ofMillis(delayMs), timeScale)).isEqualTo(Duration.ofMillis(expectedMs));
    }

    @Test
    void groupIsSharedAndTransactionalIdIsOfOneProcessAndTier() {
        TopicLayout layout = TopicLayout.of(Settings.of(Map.of()));

        TierPlan plan = TierPlan.of(layout.tiers().get(1), layout, new TierSettings(1, "host-7"));

        assertThat(plan)
                .isEqualTo(new TierPlan(
                        "5s",
                        "hookswitch.retry-5s",
                        "hookswitch.deliveries-due",
                        Duration.ofSeconds(5),
                        "hookswitch.retry-5s",
                        "hookswitch.retry-5s-host-7"));
    }
}
