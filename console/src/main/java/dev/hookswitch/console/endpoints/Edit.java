package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An endpoint's record while it is changed. */
final class Edit {
    private final Subscription old;
    private String name;
    private String url;
    private Set<String> events;
    private @Nullable Double maxPerSecond;
    private @Nullable List<String> retryDelays;
    private boolean active;
    private long activation;
    private List<SealedSecret> secrets;
    private @Nullable Map<String, String> metadata;
    private @Nullable Long secretsDueAtMs;

    Edit(Subscription old) {
        this.old = old;
        name = old.name();
        url = old.url();
        events = old.events();
        maxPerSecond = old.maxPerSecond();
        retryDelays = old.retryDelays();
        active = old.active();
        activation = old.activation();
        secrets = old.secrets();
        metadata = old.metadata();
        secretsDueAtMs = old.secretsDueAtMs();
    }

    /** Applies what was checked. */
    Edit apply(EndpointChange change, Optional<EndpointStatus> status) {
        url = change.url().orElse(url);
        events = change.events().orElse(events);
        name = change.name().orElse(name);
        change.metadata().ifPresent(all -> metadata = all);
        change.maxPerSecond().ifPresent(limit -> maxPerSecond = limit.isPresent() ? limit.getAsDouble() : null);
        change.retryDelays().ifPresent(delays -> retryDelays = delays.orElse(null));
        change.active().ifPresent(on -> {
            boolean silenced =
                    status.filter(last -> last.disables(old.activation())).isPresent();
            if (on && (!old.active() || silenced)) {
                enable();
            } else if (!on) {
                active = false;
            }
        });
        return this;
    }

    /** Under a new activation. */
    Edit enable() {
        active = true;
        activation = old.activation() + 1;
        return this;
    }

    /** @param dueAtMs when they go on by themselves; null when there is one */
    Edit secrets(List<SealedSecret> all, @Nullable Long dueAtMs) {
        secrets = all;
        secretsDueAtMs = dueAtMs;
        return this;
    }

    /** The next revision; the old record when nothing is otherwise. */
    Subscription done(long nowMs) {
        Subscription same = made(old.revision(), old.updatedAtMs());
        return same.equals(old) ? old : made(old.revision() + 1, nowMs);
    }

    /** The same revision: nothing is otherwise but what the secrets are sealed under. */
    static Subscription resealed(Subscription old, List<SealedSecret> anew) {
        return new Edit(old).secrets(anew, old.secretsDueAtMs()).made(old.revision(), old.updatedAtMs());
    }

    private Subscription made(long revision, long updatedAtMs) {
        return new Subscription(
                old.tenant(),
                old.webhookId(),
                old.profile(),
                name,
                url,
                events,
                maxPerSecond,
                retryDelays,
                active,
                activation,
                revision,
                secrets,
                old.createdAtMs(),
                updatedAtMs,
                metadata,
                secretsDueAtMs);
    }
}
