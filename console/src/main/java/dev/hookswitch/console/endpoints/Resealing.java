package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.console.changes.Change;
import dev.hookswitch.console.changes.Changes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals anew what is sealed under a retiring key of the key ring. What is left to do stands in the endpoints' records and
 * nowhere else: it may be stopped at any moment, by several instances be done at once, and goes on where it was. For one
 * thread.
 */
public final class Resealing {
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);

    private final EndpointDirectory directory;
    private final Changes<EndpointDraft> changes;
    private final Secrets secrets;
    private final Written written;
    /** Endpoints with a secret that does not open under this ring. */
    private final Set<EndpointId> stuck = new HashSet<>();

    private @Nullable KeyRing last;

    Resealing(EndpointDirectory directory, Changes<EndpointDraft> changes, Secrets secrets, Written written) {
        this.directory = directory;
        this.changes = changes;
        this.secrets = secrets;
        this.written = written;
    }

    /**
     * How far it is.
     *
     * @param done endpoints that were sealed anew in this step
     * @param left endpoints that are still sealed under a retiring key and may be sealed anew
     * @param stuck endpoints whose secret does not open: it must be regenerated, or its key come back
     */
    public record Step(int done, int left, int stuck) {}

    private enum Result {
        DONE,
        /** By another instance, or deleted. */
        NOT_NEEDED,
        STUCK
    }

    /** What is sealed under which key, with every change acknowledged before the call. */
    public KeyUse use() {
        return KeyUse.of(directory.fresh(), directory.answersKept());
    }

    /**
     * Seals anew the secrets of some endpoints.
     *
     * @param most how many endpoints
     * @throws dev.hookswitch.common.config.SettingsException when there is no key ring
     * @throws RuntimeException as {@link Changes#make}
     */
    public Step step(int most, Actor actor) {
        KeyRing ring = secrets.keyRing();
        if (!ring.equals(last)) {
            last = ring;
            stuck.clear();
        }
        if (ring.retiring().isEmpty()) {
            return new Step(0, 0, 0);
        }
        List<EndpointId> due = directory.fresh().all().stream()
                .filter(endpoint -> isDue(endpoint, ring) && !stuck.contains(endpoint.id()))
                .map(Subscription::id)
                .sorted(Comparator.comparing(EndpointId::topicKey))
                .toList();
        SecretSealer sealer = secrets.sealer(ring);
        Asked asked = Asked.by(actor);
        List<Function<EndpointDraft, Change<Result, EndpointDraft>>> decisions = due.stream()
                .limit(most)
                .<Function<EndpointDraft, Change<Result, EndpointDraft>>>map(
                        id -> draft -> decide(id, draft, ring, sealer, asked))
                .toList();
        List<Result> results = changes.makeAll(decisions);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) == Result.STUCK) {
                stuck.add(due.get(i));
            }
        }
        int done = (int) results.stream().filter(Result.DONE::equals).count();
        return new Step(done, due.size() - results.size(), stuck.size());
    }

    private static boolean isDue(Subscription endpoint, KeyRing ring) {
        return endpoint.secrets().stream().anyMatch(secret -> ring.retiring().contains(secret.keyId()));
    }

    private Change<Result, EndpointDraft> decide(
            EndpointId id, EndpointDraft draft, KeyRing ring, SecretSealer sealer, Asked asked) {
        Subscription old = draft.find(id).orElse(null);
        if (old == null || !isDue(old, ring)) {
            return Change.none(Result.NOT_NEEDED);
        }
        List<SealedSecret> anew;
        try {
            anew = old.secrets().stream()
                    .map(secret -> ring.retiring().contains(secret.keyId()) ? sealer.reseal(id, secret) : secret)
                    .toList();
        } catch (IllegalArgumentException e) {
            LOG.error("cannot seal anew endpoint={} problem={}", id.topicKey(), e.getMessage());
            return Change.none(Result.STUCK);
        }
        return written.resealed(Edit.resealed(old, anew), Result.DONE, ring.retiring(), asked);
    }
}
