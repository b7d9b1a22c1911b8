package dev.hookswitch.retry.health;

import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.common.profile.Profiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The disabling rule of each profile, and the one for profiles that this process does not know. */
final class DisableRules {
    private static final String FALLBACK = "standard";

    private final Map<String, DisableRule> byProfile = new HashMap<>();
    private final DisableRule fallback;

    DisableRules(Profiles profiles) {
        for (LoadedProfile loaded : profiles.all()) {
            byProfile.put(loaded.name(), loaded.profile().disable());
        }
        fallback = profiles.get(FALLBACK).profile().disable();
    }

    Optional<DisableRule> find(String profile) {
        return Optional.ofNullable(byProfile.get(profile));
    }

    /** That of the profile {@code standard}. */
    DisableRule fallback() {
        return fallback;
    }
}
