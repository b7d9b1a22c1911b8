package dev.hookswitch.console.recovery;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.RecoveryRow.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the events that an endpoint would get now and of which it has no delivery. Takes first the ids of the deliveries that
 * there are, then the events.
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

    /** The endpoint has this delivery. */
    void has(String deliveryId) {
        known.add(deliveryId);
        requireRoom();
    }

    /**
     * Takes the next event. One that was published twice counts once, at its first place, whichever copy comes first here:
     * partitions are read side by side, and what is found must be the same when a replay goes on.
     *
     * @throws RecoveryRefused when there are more than may be remembered
     */
    void take(DomainEvent event, int partition, long offset) {
        if (!eligibility.asksFor(event)) {
            return;
        }
        String id = id(event);
        if (!known.contains(id) && eligibility.problemWith(event).isEmpty()) {
            missed.merge(id, new Place(Source.EVENTS, partition, offset), MissedScan::first);
            requireRoom();
        }
    }

    private static Place first(Place one, Place other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private String id(DomainEvent event) {
        return DeliveryId.of(eligibility.subscription().id(), event.id(), event.occurredAt());
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
