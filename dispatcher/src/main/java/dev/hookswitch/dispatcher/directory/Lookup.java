package dev.hookswitch.dispatcher.directory;

import dev.hookswitch.dispatcher.attempt.RetrySchedule;

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

    /** Its URL is refused by the rules in force now. */
    record Refused(RetrySchedule retries, long activation) implements Lookup {}

    /** It is there, and cannot be sent to for a reason of ours: its secret does not open, or its profile is not known. */
    record OurFault() implements Lookup {}

    /** It is there, but this directory has not seen the activation yet that the delivery was made for. */
    record Behind() implements Lookup {}

    /** Not in the directory: deleted long ago, or this directory is behind the one that made the delivery. */
    record NotKnown() implements Lookup {}
}
