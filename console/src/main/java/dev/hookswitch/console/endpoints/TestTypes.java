package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.profile.Profile.EventType;
import dev.hookswitch.console.endpoints.InvalidEndpoint.Code;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Of which type a test may be: one that the endpoint asks for. Pure. */
final class TestTypes {
    private TestTypes() {}

    /**
     * The type that is wanted, or the first that the endpoint asks for, in the order of its profile.
     *
     * @param events that the endpoint asks for
     * @throws InvalidEndpoint when it does not ask for that type, or for any and none is wanted
     */
    static String of(Profile profile, Set<String> events, Optional<String> wanted) {
        if (wanted.isPresent()) {
            return asked(profile, events, wanted.get());
        }
        Stream<String> documented = profile.eventTypes() == null
                ? Stream.empty()
                : profile.eventTypes().stream().map(EventType::type).filter(type -> profile.sends(events, type));
        Stream<String> named = events.stream().filter(EventRules::isType).sorted();
        return Stream.concat(documented, named)
                .findFirst()
                .orElseThrow(() -> new InvalidEndpoint(
                        Code.INVALID_EVENT, "event", "event is required: the webhook asks for any type"));
    }

    private static String asked(Profile profile, Set<String> events, String type) {
        if (!EventRules.isType(type)) {
            throw new InvalidEndpoint(
                    Code.INVALID_EVENT, "event", "event must be an event type, such as call.completed");
        }
        if (!events.contains(type) && (EventRules.isOfEndpoints(type) || !profile.sends(events, type))) {
            throw new InvalidEndpoint(
                    Code.EVENT_NOT_SUBSCRIBED,
                    "event",
                    "event must be a type that the webhook asks for: "
                            + String.join(", ", events.stream().sorted().toList()));
        }
        return type;
    }
}
