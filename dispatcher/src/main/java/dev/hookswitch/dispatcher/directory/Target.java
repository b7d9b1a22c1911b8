package dev.hookswitch.dispatcher.directory;

import dev.hookswitch.common.egress.EndpointUrl;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.dispatcher.attempt.RetrySchedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that may be sent to now.
 *
 * @param url where to
 * @param profile what its vendor promises
 * @param secrets the live signing secrets, the one that signs first in front
 * @param activation the subscription's
 * @param retries how its failed deliveries are tried again
 * @param maxPerSecond deliveries per second at the most; null when the deployment's default counts
 */
public record Target(
        EndpointUrl url,
        Profile profile,
        List<Secret> secrets,
        long activation,
        RetrySchedule retries,
        @Nullable Double maxPerSecond) {
    public Target {
        secrets = List.copyOf(secrets);
    }
}
