package dev.hookswitch.dispatcher.directory;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.profile.Profile;

/** What the directory says of an endpoint at this moment. */
public sealed interface Lookup {
    /** It may be sent to. */
    record Ready(Target target) implements Lookup {}

    /**
     * It must not be sent to.
     *
     * @param reason a reason of {@link dev.hookswitch.common.model.OutcomeRow}
     */
    record Silent(String reason) implements Lookup {}

    /** It should be sent to, but cannot: its URL is refused, or its secret does not open. */
    record Unusable(AttemptResult result, Profile profile, long activation) implements Lookup {}

    /** Not in the directory, which may be behind the one that made the delivery. */
    record NotYetKnown() implements Lookup {}
}
