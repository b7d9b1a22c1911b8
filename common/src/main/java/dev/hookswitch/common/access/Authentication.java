package dev.hookswitch.common.access;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who makes a request, by the key that it shows, and whether that caller may. */
final class Authentication {
    private static final String SCHEME = "Bearer ";

    private Authentication() {}

    /** Who it is. */
    sealed interface Identity {}

    /** The owner of a key that is good now. */
    record Known(Caller caller) implements Identity {}

    /**
     * Nobody who is known.
     *
     * @param why the first thing that is wrong
     * @param keyId names the key that is no longer good; null when none was shown that ever was
     */
    record Stranger(Refusal why, @Nullable String keyId) implements Identity {}

    /**
     * Tells from the header {@code Authorization} (RFC 6750).
     *
     * @param view what is known of keys; empty when that is not enough to refuse one
     */
    static Identity identify(@Nullable String authorization, Optional<AccessView> view, Instant now) {
        if (view.isEmpty()) {
            return new Stranger(Refusal.NOT_READY, null);
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Stranger(Refusal.MISSING, null);
        }
        Optional<ApiKey> shown =
                ApiKey.parse(authorization.substring(SCHEME.length()).trim());
        Optional<ApiKeyRow> known =
                shown.flatMap(key -> view.get().key(key.id()).filter(key::proves));
        return known.isEmpty() ? new Stranger(Refusal.UNKNOWN, null) : identify(known.get(), view.get(), now);
    }

    private static Identity identify(ApiKeyRow key, AccessView view, Instant now) {
        if (key.revokedAtMs() != null) {
            return new Stranger(Refusal.REVOKED, key.keyId());
        }
        if (key.expiresAtMs() != null && key.expiresAtMs() <= now.toEpochMilli()) {
            return new Stranger(Refusal.EXPIRED, key.keyId());
        }
        Optional<TenantRow> tenant = view.tenant(key.tenant());
        return tenant.isEmpty() && !key.tenant().equals(ApiKeyRow.EVERY_TENANT)
                ? new Stranger(Refusal.UNKNOWN, key.keyId())
                : new Known(new Caller(key, tenant));
    }

    /** Why the caller may not do what needs this scope; empty when it may. */
    static Optional<Refusal> forbids(Caller caller, Scope required) {
        if (!required.isIn(caller.key().scopes())) {
            return Optional.of(Refusal.WRONG_SCOPE);
        }
        boolean inPlan = required == Scope.EVENTS_WRITE
                || caller.tenant().map(TenantRow::webhooks).orElse(false);
        return inPlan ? Optional.empty() : Optional.of(Refusal.NOT_IN_PLAN);
    }
}
