package dev.hookswitch.console.recovery;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.event.SchemaCheck;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.profile.LoadedProfile;
import java.util.Optional;

/**
 * Whether an endpoint is sent an event, as the fan-out would decide it now. What is told of an endpoint goes to others that
 * name the type, and no profile says what it must hold.
 */
record Eligibility(Subscription subscription, LoadedProfile profile, SchemaCheck schemaCheck) {

    /** Whether it asks for the event and may have it. */
    boolean asksFor(DomainEvent event) {
        if (!event.tenant().equals(subscription.tenant())) {
            return false;
        }
        String about = event.aboutEndpoint();
        return about == null
                ? profile.profile().sends(subscription.events(), event.type())
                : subscription.events().contains(event.type()) && !about.equals(subscription.webhookId());
    }

    /** What keeps a body from being made of it. */
    Optional<Problem> problemWith(DomainEvent event) {
        return event.aboutEndpoint() == null
                ? profile.problemWith(event).filter(problem -> !schemaCheck.tolerates(problem))
                : Optional.empty();
    }
}
