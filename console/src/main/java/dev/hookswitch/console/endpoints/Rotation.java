package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import java.util.Comparator;
import java.util.List;

/**
 * Where the secrets of an endpoint stand. Versions rise, so that the order of two tells: the older one in front, a newer one
 * waits to be activated; the newer one in front, the older one goes on signing behind it until it is dropped.
 */
public enum Rotation {
    /** One secret. */
    NONE("none"),
    /** The newer secret signs behind the older one. */
    PENDING("pending"),
    /** The older secret signs behind the newer one. */
    RETIRING("retiring");

    private final String word;

    Rotation(String word) {
        this.word = word;
    }

    /** As it stands in answers. */
    public String word() {
        return word;
    }

    /** That of this endpoint. */
    public static Rotation of(Subscription subscription) {
        List<SealedSecret> secrets = subscription.secrets();
        if (secrets.size() < 2) {
            return NONE;
        }
        return secrets.get(0).version() < secrets.get(1).version() ? PENDING : RETIRING;
    }

    /** The last secret that was made. */
    static SealedSecret newest(Subscription subscription) {
        return subscription.secrets().stream()
                .max(Comparator.comparingInt(SealedSecret::version))
                .orElseThrow(() -> new IllegalStateException("an endpoint has a secret"));
    }
}
