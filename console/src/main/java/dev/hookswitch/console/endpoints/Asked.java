package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.AuditRow.Actor;
import java.util.Objects;
import java.util.Optional;

/**
 * Who asks for a change, and under which conditions.
 *
 * @param actor who
 * @param revision that the endpoint must have; empty when the change is meant for whatever it is like
 * @param once names the request, so that a repeat changes nothing; empty when each counts
 */
public record Asked(Actor actor, Optional<Long> revision, Optional<Once> once) {
    public Asked {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(once, "once");
    }

    /**
     * A request that is made once, however often it comes.
     *
     * @param requestKey names it
     * @param requestHash of what is asked for
     */
    public record Once(String requestKey, String requestHash) {}

    /** Without conditions. */
    public static Asked by(Actor actor) {
        return new Asked(actor, Optional.empty(), Optional.empty());
    }
}
