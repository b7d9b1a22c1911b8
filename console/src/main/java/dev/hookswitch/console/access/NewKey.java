package dev.hookswitch.console.access;

import dev.hookswitch.common.model.Scope;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An API key that somebody wants, unchecked.
 *
 * @param tenant whom it is to speak for; {@code *} for every tenant
 * @param name a name for people, may be empty
 * @param scopes what it may do
 * @param expiresAt from when it is no longer taken
 */
public record NewKey(String tenant, String name, Set<Scope> scopes, Optional<Instant> expiresAt) {
    public NewKey {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(name, "name");
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
