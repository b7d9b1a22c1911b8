package dev.hookswitch.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.Subscription;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoverySettingsTest {
    @Test
    void aRecoveryHasItsRateAndAtMostHalfOfWhatTheEndpointTakes() {
        RecoverySettings open = settings(Map.of());
        assertThat(open.rate(limited(null), OptionalDouble.empty())).isEqualTo(50);
        assertThat(open.rate(limited(null), OptionalDouble.of(1_000))).isEqualTo(1_000);
        assertThat(open.rate(limited(20.0), OptionalDouble.empty())).isEqualTo(10);
        assertThat(open.rate(limited(20.0), OptionalDouble.of(5))).isEqualTo(5);
        RecoverySettings limited =
                settings(Map.of("recovery.per-second", "7.5", "dispatcher.max-per-second-per-endpoint", "4"));
        assertThat(limited.rate(limited(null), OptionalDouble.empty())).isEqualTo(2);
        assertThat(limited.rate(limited(100.0), OptionalDouble.empty())).isEqualTo(7.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.009, 100_001, Double.NaN})
    void whatIsNoRateIsRefused(double perSecond) {
        assertThatThrownBy(() -> settings(Map.of()).rate(limited(null), OptionalDouble.of(perSecond)))
                .isInstanceOf(RecoveryRefused.class)
                .hasMessage("per_second must be from 0.01 to 100000, was " + perSecond);
    }

    @Test
    void aProfileThatIsNotKnownHereIsARefusalThatSaysWhatHelps() {
        RecoverySettings settings = settings(Map.of());
        assertThat(settings.eligibility(limited(null)).profile().name()).isEqualTo("standard");
        assertThatThrownBy(() -> settings.eligibility(withProfile("of-our-own")))
                .isInstanceOfSatisfying(
                        RecoveryRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(RecoveryRefused.Code.UNKNOWN_PROFILE))
                .hasMessageStartingWith("profile of wh_1: profile must be one of ")
                .hasMessageEndingWith("was: of-our-own; profiles.folder must name the folder that the fan-out uses");
    }

    private static RecoverySettings settings(Map<String, String> overrides) {
        return RecoverySettings.of(Settings.of(overrides));
    }

    private static Subscription limited(@Nullable Double perSecond) {
        return subscription("standard", perSecond);
    }

    private static Subscription withProfile(String profile) {
        return subscription(profile, null);
    }

    private static Subscription subscription(String profile, @Nullable Double perSecond) {
        return new Subscription(
                "acme",
                "wh_1",
                profile,
                "",
                "https://a.example",
                Set.of("*"),
                perSecond,
                null,
                true,
                1,
                1,
                List.of(),
                0,
                0);
    }
}
