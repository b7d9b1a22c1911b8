package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Subscription;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints there are, and who asks to be told of others. Written by the thread that reads {@code subscriptions}, read
 * by those that read attempts.
 */
final class KnownEndpoints {
    private final Set<EndpointId> existing = ConcurrentHashMap.newKeySet();
    /** By tenant and webhook id, only those that ask; the inner maps are never changed. */
    private final ConcurrentMap<String, Map<String, Set<EndpointEvent.Type>>> askers = new ConcurrentHashMap<>();

    void put(Subscription subscription) {
        existing.add(subscription.id());
        Set<EndpointEvent.Type> asked = subscription.events().stream()
                .flatMap(event -> EndpointEvent.Type.named(event).stream())
                .collect(Collectors.toUnmodifiableSet());
        ask(subscription.id(), asked);
    }

    /** It is there, and that is all that is known of it. */
    void put(EndpointId id) {
        existing.add(id);
    }

    void remove(EndpointId id) {
        existing.remove(id);
        ask(id, Set.of());
    }

    boolean contains(EndpointId id) {
        return existing.contains(id);
    }

    /** Whether another endpoint of the same tenant asks to be told. */
    boolean othersAskFor(EndpointEvent.Type type, EndpointId about) {
        return askers.getOrDefault(about.tenant(), Map.of()).entrySet().stream()
                .anyMatch(asker -> !asker.getKey().equals(about.webhookId())
                        && asker.getValue().contains(type));
    }

    private void ask(EndpointId id, Set<EndpointEvent.Type> asked) {
        askers.compute(id.tenant(), (tenant, before) -> {
            Map<String, Set<EndpointEvent.Type>> now = new HashMap<>(before == null ? Map.of() : before);
            if (asked.isEmpty()) {
                now.remove(id.webhookId());
            } else {
                now.put(id.webhookId(), asked);
            }
            return orNull(now);
        });
    }

    private static @Nullable Map<String, Set<EndpointEvent.Type>> orNull(Map<String, Set<EndpointEvent.Type>> map) {
        return map.isEmpty() ? null : Map.copyOf(map);
    }
}
