package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is sealed under which key of the key ring.
 *
 * @param secrets how many secrets of endpoints, by the key's id
 * @param repeatableUntil until when a request may be repeated whose answer holds a secret, by the key's id
 */
public record KeyUse(Map<String, Integer> secrets, Map<String, Instant> repeatableUntil) {
    public KeyUse {
        secrets = Map.copyOf(secrets);
        repeatableUntil = Map.copyOf(repeatableUntil);
    }

    /** @param answersKept for how long a request may be repeated */
    static KeyUse of(EndpointsView view, Duration answersKept) {
        Map<String, Integer> secrets = new TreeMap<>();
        view.all().stream()
                .flatMap(endpoint -> endpoint.secrets().stream())
                .forEach(secret -> secrets.merge(secret.keyId(), 1, Integer::sum));
        Map<String, Instant> until = new TreeMap<>();
        for (ApiRequestRow row : view.answers()) {
            Subscription endpoint = row.endpoint();
            if (endpoint != null) {
                Instant end = Instant.ofEpochMilli(row.atMs()).plus(answersKept);
                endpoint.secrets().forEach(secret -> until.merge(secret.keyId(), end, (a, b) -> a.isAfter(b) ? a : b));
            }
        }
        return new KeyUse(secrets, until);
    }

    /** Why this key cannot be missed; empty when it can. */
    public Optional<String> need(String keyId) {
        int count = secrets.getOrDefault(keyId, 0);
        if (count > 0) {
            return Optional.of(count + (count == 1 ? " secret is" : " secrets are") + " sealed under it");
        }
        return Optional.ofNullable(repeatableUntil.get(keyId))
                .map(until -> "it opens the answers of requests that may be repeated until " + until
                        + " (topics.api-requests.retention)");
    }
}
