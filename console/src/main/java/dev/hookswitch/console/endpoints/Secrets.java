package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.console.endpoints.InvalidEndpoint.Code;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** What becomes of an endpoint's secrets, sealed. */
final class Secrets {
    private final SealerSource sealers;
    private final Duration overlap;
    private final SecureRandom random;

    /** @param overlap how long each step of a rotation lasts unless somebody goes on with it */
    Secrets(SealerSource sealers, Duration overlap, SecureRandom random) {
        this.sealers = sealers;
        this.overlap = overlap;
        this.random = random;
    }

    /** @throws dev.hookswitch.common.config.SettingsException when there is no key ring */
    void check() {
        var unused = sealers.get();
    }

    /** @throws dev.hookswitch.common.config.SettingsException when there is none */
    KeyRing keyRing() {
        return sealers.ring();
    }

    /** Seals under that ring. */
    SecretSealer sealer(KeyRing ring) {
        return new SecretSealer(ring, random);
    }

    Secret generate() {
        return Secret.generate(random);
    }

    SealedSecret seal(EndpointId id, int version, Secret secret) {
        return sealers.get().seal(id, version, secret);
    }

    /** The newest secret in the clear. */
    Secret open(Subscription endpoint) {
        return sealers.get().open(endpoint.id(), Rotation.newest(endpoint));
    }

    /** The new secret behind the one in front; an older one that was on its way out goes. */
    Subscription rotate(Subscription old, Secret secret, long nowMs) {
        if (Rotation.of(old) == Rotation.PENDING) {
            throw new InvalidEndpoint(
                    Code.ROTATION_PENDING,
                    "secret",
                    "the secret of the last rotation is not activated: activate it, or regenerate at once");
        }
        return new Edit(old)
                .secrets(List.of(old.secrets().get(0), next(old, secret)), nowMs + overlap.toMillis())
                .done(nowMs);
    }

    /** The newer secret in front, the older one behind it. */
    Edit activate(Subscription old, long nowMs) {
        if (Rotation.of(old) != Rotation.PENDING) {
            throw new InvalidEndpoint(Code.NO_ROTATION, "secret", "no rotation is pending: rotate the secret first");
        }
        List<SealedSecret> secrets = old.secrets();
        return new Edit(old).secrets(List.of(secrets.get(1), secrets.get(0)), nowMs + overlap.toMillis());
    }

    /** The one in front alone. */
    static Edit retire(Subscription old) {
        return new Edit(old).secrets(List.of(old.secrets().get(0)), null);
    }

    /** The new one alone. */
    Subscription regenerate(Subscription old, Secret secret, long nowMs) {
        return new Edit(old).secrets(List.of(next(old, secret)), null).done(nowMs);
    }

    private SealedSecret next(Subscription old, Secret secret) {
        return seal(old.id(), Rotation.newest(old).version() + 1, secret);
    }
}
