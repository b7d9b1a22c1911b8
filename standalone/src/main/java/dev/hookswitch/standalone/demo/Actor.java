package dev.hookswitch.standalone.demo;

import java.util.Set;

/**
 * An endpoint of the demonstration.
 *
 * @param label names it in the table, and is the path of its URL
 * @param tenant who owns it
 * @param promise what its profile promises
 * @param temper how its receiver behaves
 * @param events what it subscribes to
 * @param fate whether it is disabled in the course of the demonstration
 */
record Actor(String label, String tenant, Promise promise, Temper temper, Set<String> events, Fate fate) {

    /** What becomes of an endpoint. */
    enum Fate {
        STAYS,
        DISABLED,
        ENABLED_AGAIN
    }

    Actor {
        events = Set.copyOf(events);
    }

    boolean gets(PlayedEvent event) {
        return event.tenant().equals(tenant)
                && promise.knows(event.vendor())
                && (events.contains("*") || events.contains(event.type()));
    }
}
