package dev.hookswitch.common.matching;

import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The endpoints of one tenant by event type, at one moment. Immutable; a look-up is one step in a map. */
public final class TenantEndpoints {
    static final TenantEndpoints NONE = new TenantEndpoints(List.of());

    private final List<Endpoint> endpoints;
    private final List<LoadedProfile> profiles;
    private final Map<String, Subscribers> byType;
    /** Those of every other type: they want everything, and their profile takes any type. */
    private final Subscribers ofOtherTypes;

    /**
     * The endpoints that want one type, and the profiles that they have.
     *
     * @param endpoints active or not
     * @param profiles each once, in the order of the endpoints
     */
    record Subscribers(List<Endpoint> endpoints, List<LoadedProfile> profiles) {}

    /** @param endpoints in the order in which deliveries are to be made */
    TenantEndpoints(Collection<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
        this.profiles = subscribers(endpoints, endpoint -> true).profiles();
        Map<String, Subscribers> map = new HashMap<>();
        for (String type : namedTypes(endpoints)) {
            map.put(type, subscribers(endpoints, endpoint -> endpoint.wants(type)));
        }
        this.byType = Map.copyOf(map);
        this.ofOtherTypes = subscribers(endpoints, TenantEndpoints::takesAnything);
    }

    /** The endpoints that want events of that type. */
    Subscribers subscribersOf(String eventType) {
        return byType.getOrDefault(eventType, ofOtherTypes);
    }

    /** The endpoints that name that type, whether their profile knows it or not; a search. */
    List<Endpoint> naming(String eventType) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.events().contains(eventType))
                .toList();
    }

    /** The profiles of all endpoints, each once. */
    List<LoadedProfile> profiles() {
        return profiles;
    }

    boolean isEmpty() {
        return profiles.isEmpty();
    }

    private static boolean takesAnything(Endpoint endpoint) {
        return endpoint.wantsEverything() && endpoint.profile().profile().eventTypes() == null;
    }

    /** Every type that an endpoint names, or that the profile of one that wants everything documents. */
    private static Set<String> namedTypes(Collection<Endpoint> endpoints) {
        Set<String> types = new HashSet<>();
        for (Endpoint endpoint : endpoints) {
            types.addAll(endpoint.events());
            List<Profile.EventType> documented = endpoint.profile().profile().eventTypes();
            if (endpoint.wantsEverything() && documented != null) {
                documented.forEach(type -> types.add(type.type()));
            }
        }
        return types;
    }

    private static Subscribers subscribers(Collection<Endpoint> endpoints, Predicate<Endpoint> which) {
        List<Endpoint> chosen = endpoints.stream().filter(which).toList();
        return new Subscribers(
                chosen, chosen.stream().map(Endpoint::profile).distinct().toList());
    }
}
