package dev.hookswitch.fanout;

import dev.hookswitch.common.event.Problem;
import java.util.List;

/** What is to become of a well-formed event. */
sealed interface Verdict {

    /** Nobody can take it: a dead letter. */
    record Rejected(Problem problem) implements Verdict {}

    /**
     * It is an event. Without deliveries and without skips nobody asked for it.
     *
     * @param deliver the endpoints that get it
     * @param skipped the endpoints that asked for it and do not get it
     * @param tolerated breaches of schemas that the settings let pass
     */
    record Accepted(List<Endpoint> deliver, List<Skip> skipped, List<Problem> tolerated) implements Verdict {
        boolean isUnmatched() {
            return deliver.isEmpty() && skipped.isEmpty();
        }
    }

    /**
     * An endpoint that does not get what it asked for.
     *
     * @param reason a word of {@link dev.hookswitch.common.model.OutcomeRow}
     */
    record Skip(Endpoint endpoint, String reason) {}
}
