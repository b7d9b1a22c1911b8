package dev.hookswitch.console.recovery;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.RecoveryRow.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the events that an endpoint would get now and of which it has no delivery. Takes first the events of the deliveries
 * that there are, then the events. An event is known by its id alone, as the fan-out knows it.
 */
final class MissedScan {
    private final Eligibility eligibility;
    private final int most;
    private final Set<String> known = new HashSet<>();
    private final Map<String, Place> missed = new HashMap<>();

    MissedScan(Eligibility eligibility, int most) {
        this.eligibility = eligibility;
        this.most = most;
    }

    /** The endpoint has a delivery of that event. */
    void has(String eventId) {
        known.add(eventId);
        requireRoom();
    }

    /**
     * Takes the next event. One that was published twice counts once, at its first place, whichever copy comes first here:
     * partitions are read side by side, and what is found must be the same when a replay goes on.
     *
     * @throws RecoveryRefused when there are more than may be remembered
     */
    void take(DomainEvent event, int partition, long offset) {
        if (eligibility.asksFor(event)
                && !known.contains(event.id())
                && eligibility.problemWith(event).isEmpty()) {
            missed.merge(event.id(), new Place(Source.EVENTS, partition, offset), MissedScan::first);
            requireRoom();
        }
    }

    private static Place first(Place one, Place other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private void requireRoom() {
        if (known.size() + missed.size() > most) {
            throw RecoveryRefused.tooMany(
                    most, "those that the endpoint has count, too: choose a later time, or allow more");
        }
    }

    /** What has been found so far. */
    Collection<Place> found() {
        return missed.values();
    }
}
