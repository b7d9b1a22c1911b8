package dev.hookswitch.common.matching;

import dev.hookswitch.common.event.Problem;
import java.util.List;

/** What is to become of a well-formed event. */
public sealed interface Verdict {

    /**
     * Nobody can take it: a dead letter.
     *
     * @param problems at least one, and {@value #MOST_PROBLEMS} at the most
     */
    record Rejected(List<Problem> problems) implements Verdict {
        static final int MOST_PROBLEMS = 20;

        public Rejected {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("problems must not be empty");
            }
        }

        /** The one to name where there is room for one. */
        public Problem problem() {
            return problems.get(0);
        }
    }

    /**
     * It is an event. Without deliveries and without skips nobody asked for it.
     *
     * @param deliver the endpoints that get it
     * @param skipped the endpoints that asked for it and do not get it
     * @param tolerated breaches of schemas that the settings let pass
     */
    record Accepted(List<Endpoint> deliver, List<Skip> skipped, List<Problem> tolerated) implements Verdict {
        public boolean isUnmatched() {
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
