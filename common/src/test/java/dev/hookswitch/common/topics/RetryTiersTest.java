package dev.hookswitch.common.topics;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profiles;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryTiersTest {
    private static final Collection<LoadedProfile> BUILT_IN = Profiles.builtIn().all();

    @Test
    void theDefaultTiersHoldEveryDelayOfTheBuiltInProfiles() {
        List<Tier> tiers = TopicLayout.of(Settings.of(Map.of())).tiers();

        assertThatCode(() -> RetryTiers.check(BUILT_IN, tiers)).doesNotThrowAnyException();
    }

    @Test
    void aTierThatNoProfileNeedsIsFine() {
        assertThatCode(() -> RetryTiers.check(BUILT_IN, tiers("1s,5s,30s,2m,10m,1h")))
                .doesNotThrowAnyException();
    }

    @Test
    void theSpellingOfADelayDoesNotMatter() {
        assertThatCode(() -> RetryTiers.check(BUILT_IN, tiers("1000ms,5s,30s,120s,600s")))
                .doesNotThrowAnyException();
    }

    @Test
    void everyMissingDelayIsNamedWithItsProfile() {
        assertThatThrownBy(() -> RetryTiers.check(BUILT_IN, tiers("1s,5s,2m,9m")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("""
                        configuration: 5 problems
                          retry.tiers must hold 30s, which profile ringyo needs
                          retry.tiers must hold 10m, which profile ringyo needs
                          retry.tiers must hold 30s, which profile ring-tonic needs
                          retry.tiers must hold 30s, which profile standard needs
                          retry.tiers must hold 10m, which profile standard needs""");
    }

    private static List<Tier> tiers(String text) {
        return TopicLayout.of(Settings.of(Map.of("retry.tiers", text))).tiers();
    }
}
