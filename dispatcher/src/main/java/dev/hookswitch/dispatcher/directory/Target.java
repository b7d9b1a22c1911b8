package dev.hookswitch.dispatcher.directory;

import dev.hookswitch.common.egress.EndpointUrl;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.signing.Secret;
import java.util.List;

/**
 * An endpoint that may be sent to now.
 *
 * @param url where to
 * @param profile what its vendor promises
 * @param secrets the live signing secrets, the one that signs first in front
 * @param activation the subscription's
 */
public record Target(EndpointUrl url, Profile profile, List<Secret> secrets, long activation) {
    public Target {
        secrets = List.copyOf(secrets);
    }
}
