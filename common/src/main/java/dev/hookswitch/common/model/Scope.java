package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What an API key may do; the wire name is part of the contract with callers. */
public enum Scope {
    /** See the tenant's endpoints and deliveries. */
    @JsonProperty("webhooks:read")
    WEBHOOKS_READ("webhooks:read"),
    /** Change them, and see them. */
    @JsonProperty("webhooks:manage")
    WEBHOOKS_MANAGE("webhooks:manage"),
    /** Publish events. */
    @JsonProperty("events:write")
    EVENTS_WRITE("events:write"),
    /** What a newer writer may add; allows nothing. */
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN("unknown");

    private final String wireName;

    Scope(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The scope of that wire name; {@link #UNKNOWN} has none. */
    public static Optional<Scope> named(String wireName) {
        return Arrays.stream(values())
                .filter(scope -> scope != UNKNOWN && scope.wireName.equals(wireName))
                .findFirst();
    }

    /** Whether one of these allows what needs this scope. */
    public boolean isIn(Set<Scope> granted) {
        return this != UNKNOWN
                && (granted.contains(this) || (this == WEBHOOKS_READ && granted.contains(WEBHOOKS_MANAGE)));
    }
}
