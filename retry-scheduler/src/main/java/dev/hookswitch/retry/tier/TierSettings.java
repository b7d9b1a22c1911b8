package dev.hookswitch.retry.tier;

import dev.hookswitch.common.config.InstanceName;
import dev.hookswitch.common.config.SettingsReader;

/**
 * What an operator sets about the tiers.
 *
 * @param timeScale divides every delay, at least 1
 * @param instance stable name of this process, unique in the deployment: part of its transactional ids
 */
public record TierSettings(double timeScale, String instance) {
    private static final String INSTANCE = "dispatcher.instance";

    /** Reads them; problems are the reader's to report. */
    public static TierSettings read(SettingsReader settings) {
        return new TierSettings(
                settings.decimal("retry.time-scale", 1, 1_000_000), InstanceName.read(settings, INSTANCE));
    }
}
