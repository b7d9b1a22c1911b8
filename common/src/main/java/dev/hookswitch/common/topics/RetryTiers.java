package dev.hookswitch.common.topics;

import dev.hookswitch.common.config.HumanDuration;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.profile.LoadedProfile;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the delay tiers of a deployment can keep what its profiles promise. */
public final class RetryTiers {
    private RetryTiers() {}

    /**
     * Returns when every retry delay of every profile is one of the tiers. Without its tier a retry would wait in another
     * one and come too early or too late.
     *
     * @throws SettingsException naming every delay that is missing and the profile that needs it
     */
    public static void check(Collection<LoadedProfile> profiles, List<Tier> tiers) {
        Set<Duration> delays = tiers.stream().map(Tier::delay).collect(Collectors.toSet());
        List<String> problems = profiles.stream()
                .flatMap(profile -> profile.profile().retryDelays().stream()
                        .distinct()
                        .filter(delay -> !delays.contains(delay))
                        .map(delay -> "retry.tiers must hold " + HumanDuration.format(delay) + ", which profile "
                                + profile.name() + " needs"))
                .toList();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}
