package dev.hookswitch.retry.health;

import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.common.profile.Profiles;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The disabling rule of each profile, and what holds for all of them.
 *
 * @param byProfile the rules by the profile's name
 * @param fallback the rule for profiles that this process does not know
 * @param minFailingTime how long an endpoint must have been failing before its number of failures disables it
 */
record DisableRules(Map<String, DisableRule> byProfile, DisableRule fallback, Duration minFailingTime) {
    private static final String FALLBACK = "standard";

    DisableRules {
        byProfile = Map.copyOf(byProfile);
    }

    /** The rules of these profiles; that of {@code standard} for all others. */
    static DisableRules of(Profiles profiles, Duration minFailingTime) {
        Map<String, DisableRule> rules = profiles.all().stream()
                .collect(Collectors.toMap(
                        LoadedProfile::name, loaded -> loaded.profile().disable()));
        return new DisableRules(rules, profiles.get(FALLBACK).profile().disable(), minFailingTime);
    }

    Optional<DisableRule> find(String profile) {
        return Optional.ofNullable(byProfile.get(profile));
    }
}
