package dev.hookswitch.console.recovery;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.RecoveryRow.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the events that an endpoint would get now and of which it has no delivery. Takes first the ids of the deliveries that
 * there are, then the events.
 */
final class MissedScan {
    private final Eligibility eligibility;
    private final int most;
    private final Set<String> known = new HashSet<>();
    private final List<Place> missed = new ArrayList<>();

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
     * Takes the next event. One that was published twice counts once.
     *
     * @throws RecoveryRefused when there are more than may be remembered
     */
    void take(DomainEvent event, int partition, long offset) {
        if (eligibility.asksFor(event)
                && !known.contains(id(event))
                && eligibility.problemWith(event).isEmpty()) {
            known.add(id(event));
            missed.add(new Place(Source.EVENTS, partition, offset));
            requireRoom();
        }
    }

    private String id(DomainEvent event) {
        return DeliveryId.of(eligibility.subscription().id(), event.id(), event.occurredAt());
    }

    private void requireRoom() {
        if (known.size() > most) {
            throw RecoveryRefused.tooMany(most);
        }
    }

    /** What has been found so far. */
    Collection<Place> found() {
        return missed;
    }
}
