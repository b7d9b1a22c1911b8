package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.EndpointId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Finds the endpoints that are remembered and no longer there. One that is missing at a single sweep may be new: its first
 * attempts and its subscription are in two topics. So it takes two sweeps in a row.
 */
final class DeletedEndpoints {
    private final KnownEndpoints known;
    private Set<String> missing = Set.of();

    DeletedEndpoints(KnownEndpoints known) {
        this.known = known;
    }

    /** The keys among those remembered whose endpoints are gone, to be forgotten now. */
    List<String> sweep(Iterator<String> remembered) {
        List<String> gone = new ArrayList<>();
        Set<String> missingNow = new HashSet<>();
        while (remembered.hasNext()) {
            String key = remembered.next();
            if (known.contains(EndpointId.parse(key))) {
                continue;
            }
            if (missing.contains(key)) {
                gone.add(key);
            } else {
                missingNow.add(key);
            }
        }
        missing = missingNow;
        return gone;
    }
}
