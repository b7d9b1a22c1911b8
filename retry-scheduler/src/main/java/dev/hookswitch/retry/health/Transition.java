package dev.hookswitch.retry.health;

import dev.hookswitch.retry.health.EndpointHealth.Healthy;
import org.jspecify.annotations.Nullable;

/**
 * A change of an endpoint's health.
 *
 * @param from what was known before; null when nothing was
 * @param to differs from {@code from}
 */
record Transition(@Nullable EndpointHealth from, EndpointHealth to) {

    /** Whether the change is news to others. Healthy after healthy, in a new activation, is only remembered. */
    boolean isNews() {
        return !(to instanceof Healthy) || !(from == null || from instanceof Healthy);
    }

    /** Whether the endpoint has come to another state, not only to another count. */
    boolean isAnotherState() {
        return from == null || from.getClass() != to.getClass();
    }
}
