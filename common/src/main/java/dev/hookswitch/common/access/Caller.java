package dev.hookswitch.common.access;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.TenantRow;
import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param key the key that the request showed
 * @param tenant whom it speaks for; empty when it speaks for every tenant
 */
public record Caller(ApiKeyRow key, Optional<TenantRow> tenant) {

    /** Whether the caller may act for that tenant. */
    public boolean speaksFor(String name) {
        return key.speaksFor(name);
    }
}
