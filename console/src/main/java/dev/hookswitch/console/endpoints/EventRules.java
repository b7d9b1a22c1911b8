package dev.hookswitch.console.endpoints;

import static dev.hookswitch.common.model.Subscription.EVERY_EVENT;

import dev.hookswitch.common.config.Nearest;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.profile.Profile.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which events an endpoint may ask for. */
final class EventRules {
    private static final int MAX_TYPES = 100;
    private static final int MAX_TYPE_CHARS = 64;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");

    private EventRules() {}

    /** The rule that the events break under the profile. */
    static Optional<String> broken(Profile profile, Set<String> events) {
        if (events.isEmpty()) {
            return Optional.of("events must name at least one event type, or * for every one");
        }
        if (events.size() > MAX_TYPES) {
            return Optional.of("events must name at most " + MAX_TYPES + " types, has " + events.size());
        }
        if (events.contains(EVERY_EVENT)) {
            boolean alone = events.stream().allMatch(type -> type.equals(EVERY_EVENT) || isOfEndpoints(type));
            return alone
                    ? Optional.empty()
                    : Optional.of("events must be * alone or with types about endpoints, or types without *");
        }
        List<String> sorted = events.stream().sorted().toList();
        return sorted.stream()
                .filter(type -> !isType(type))
                .findFirst()
                .map(type -> "events must be words of letters, digits and _ joined by dots, at most " + MAX_TYPE_CHARS
                        + " characters, was: " + Shown.text(type))
                .or(() -> unknown(profile, sorted));
    }

    private static Optional<String> unknown(Profile profile, List<String> events) {
        List<String> unknown = events.stream()
                .filter(type -> !profile.knows(type) && !isOfEndpoints(type))
                .toList();
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        String suggestions = unknown.stream()
                .map(type -> type + " (did you mean " + nearest(profile, type) + "?)")
                .collect(Collectors.joining(", "));
        return Optional.of("events must be types of the profile " + profile.name() + ", unknown: " + suggestions);
    }

    private static String nearest(Profile profile, String type) {
        List<EventType> documented = profile.eventTypes() == null ? List.of() : profile.eventTypes();
        Stream<String> ofEndpoints = Arrays.stream(EndpointEvent.Type.values())
                .filter(event -> event != EndpointEvent.Type.UNKNOWN)
                .map(EndpointEvent.Type::wireName);
        return Nearest.to(
                        type,
                        Stream.concat(documented.stream().map(EventType::type), ofEndpoints)
                                .toList())
                .orElse(EVERY_EVENT);
    }

    /** Whether a type may be called so. */
    static boolean isType(String text) {
        return text.length() <= MAX_TYPE_CHARS && TYPE.matcher(text).matches();
    }

    /** Whether the type tells of another endpoint of the tenant: every profile takes these, and {@code *} leaves them out. */
    static boolean isOfEndpoints(String type) {
        return EndpointEvent.Type.named(type).isPresent();
    }
}
