package dev.hookswitch.console.api;

import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.access.RateLimit;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;

/**
 * The settings that the API reads.
 *
 * @param host where it listens
 * @param port where it listens; 0 for any that is free
 * @param requestsPerMinute how many each key may make, unless its tenant has a limit of its own
 * @param maxWebhooks how many endpoints a tenant may have, unless it has a limit of its own
 * @param resealPerSecond how many endpoints are sealed anew in a second
 */
record ApiSettings(String host, int port, int requestsPerMinute, int maxWebhooks, int resealPerSecond) {
    private static final int MOST = 1_000_000;

    /**
     * Reads and checks them.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every problem
     */
    static ApiSettings of(Settings settings) {
        SettingsReader reader = settings.reader();
        ApiSettings read = new ApiSettings(
                reader.text("console.host"),
                reader.integer("console.port", 0, 65_535),
                reader.integer("console.requests-per-minute", 1, MOST),
                reader.integer("console.max-webhooks", 0, MOST),
                reader.integer("console.reseal-per-second", 1, 10_000));
        reader.done();
        return read;
    }

    /** How often a caller may come. */
    RateLimit limit(Caller caller) {
        return RateLimit.perMinute(caller.tenant()
                .map(tenant -> tenant.limits().requestsPerMinute())
                .orElse(requestsPerMinute));
    }

    /** How many endpoints the caller's tenant may have. */
    int maxWebhooks(Caller caller) {
        return caller.tenant().map(tenant -> tenant.limits().maxWebhooks()).orElse(maxWebhooks);
    }
}
