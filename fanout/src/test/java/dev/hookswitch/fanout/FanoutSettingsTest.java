package dev.hookswitch.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FanoutSettingsTest {
    @Test
    void namesEveryWrongSettingAtOnce() {
        Settings wrong = Settings.of(Map.of(
                "events.schema-check", "maybe",
                "events.max-bytes", "1048577",
                "fanout.threads", "0",
                "profiles.folder", "/no/such/folder"));

        assertThatThrownBy(() -> FanoutSettings.of(wrong))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(
                        "events.schema-check", "events.max-bytes", "fanout.threads", "profiles.folder");
    }

    @Test
    void repeatWindowIsLongEnoughOrOff() {
        assertThatThrownBy(() -> FanoutSettings.of(Settings.of(Map.of("events.repeat-window", "119s"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("events.repeat-window must be 0s, or 2m at the least");
        assertThat(FanoutSettings.of(Settings.of(Map.of("events.repeat-window", "0s")))
                        .repeatWindow())
                .isEmpty();
    }

    @Test
    void everyRetryOfAProfileNeedsItsTier() {
        Settings tooFew = Settings.of(Map.of("retry.tiers", "1s,5s,2m,10m"));

        assertThatThrownBy(() -> FanoutSettings.of(tooFew))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("retry.tiers must hold 30s, which profile ringyo needs");
    }

    @Test
    void recordsStayBelowTheLargestMessageOfTheirTopics() {
        FanoutSettings settings = FanoutSettings.of(Settings.of(Map.of()));

        assertThat(settings.maxMessageBytes()).isEqualTo(2 * 1024 * 1024);
        assertThat(settings.maxRecordBytes()).isBetween(2_000_000, settings.maxMessageBytes() - 61);
    }

    @Test
    void asksForTheTopicsThatItReadsAndWrites() {
        FanoutSettings settings = FanoutSettings.of(Settings.of(Map.of("topics.prefix", "p.")));

        assertThat(settings.topicSpecs())
                .extracting(spec -> spec.name())
                .containsExactlyInAnyOrder(
                        "p.events",
                        "p.events-moved",
                        "p.subscriptions",
                        "p.endpoint-status",
                        "p.deliveries",
                        "p.delivery-outcomes",
                        "p.dead-letters");
    }
}
