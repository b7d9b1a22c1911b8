package dev.hookswitch.fanout;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The events from which a record was made that Kafka refused as too large. Such a refusal spoils the whole transaction;
 * when the events of it are read again, these become dead letters instead. Safe for several threads.
 */
final class OversizedEvents {
    private final Set<Source> sources = ConcurrentHashMap.newKeySet();

    void remember(Source source) {
        sources.add(source);
    }

    boolean contains(Source source) {
        return sources.contains(source);
    }
}
