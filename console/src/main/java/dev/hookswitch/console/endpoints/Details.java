package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.egress.EndpointUrl;
import dev.hookswitch.common.model.Subscription;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an audit row says of an endpoint: how it is after the change, without its secrets and what its URL may hold. */
final class Details {
    private Details() {}

    static Map<String, String> of(Subscription row) {
        Map<String, String> details = new TreeMap<>();
        details.put("profile", row.profile());
        details.put("name", row.name());
        details.put("url", origin(row.url()));
        details.put("events", String.join(",", new TreeSet<>(row.events())));
        details.put("active", Boolean.toString(row.active()));
        details.put("activation", Long.toString(row.activation()));
        details.put("secrets", Rotation.of(row).word());
        Map<String, String> metadata = row.metadata();
        if (metadata != null) {
            details.put("metadata", String.join(",", metadata.keySet()));
        }
        Double maxPerSecond = row.maxPerSecond();
        if (maxPerSecond != null) {
            details.put("max_per_second", maxPerSecond.toString());
        }
        if (row.retryDelays() != null) {
            details.put("retry_delays", String.join(",", row.retryDelays()));
        }
        return details;
    }

    /** Scheme, host and port: path and query may hold what only the receiver should see. */
    private static String origin(String url) {
        try {
            return EndpointUrl.parse(url, true, Set.of()).toString();
        } catch (IllegalArgumentException e) {
            return "(hidden)";
        }
    }
}
