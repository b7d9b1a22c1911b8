package dev.hookswitch.console.changes;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A caller that waits for its change. Touched by one thread at a time, under the lock of {@link Changes}. */
final class Waiting<R, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

    private final Function<V, Change<R, V>> decide;
    private @Nullable Change<R, V> change;
    private @Nullable Throwable refusal;
    private boolean done;

    Waiting(Function<V, Change<R, V>> decide) {
        this.decide = decide;
    }

    /** Decides, anew if it was decided before, and tells the draft. A refusal stands when the transaction does. */
    void decide(V draft) {
        change = null;
        refusal = null;
        try {
            Change<R, V> decided = decide.apply(draft);
            decided.draft().accept(draft);
            change = decided;
        } catch (RuntimeException e) {
            refusal = e;
        }
    }

    Optional<Change<R, V>> change() {
        return Optional.ofNullable(change);
    }

    boolean isSeen(V view) {
        Change<R, V> decided = change;
        return decided == null || decided.seen().test(view);
    }

    void done() {
        done = true;
        change().map(Change::audit)
                .ifPresent(audit -> LOG.info(
                        "{} tenant={} subject={} revision={} actor={}",
                        audit.action(),
                        audit.tenant(),
                        audit.subject(),
                        audit.revision(),
                        audit.actor()));
    }

    void failed(Throwable why) {
        done = true;
        refusal = why;
    }

    boolean isDone() {
        return done;
    }

    R result() {
        if (refusal instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (refusal instanceof Error thrown) {
            throw thrown;
        }
        Change<R, V> decided = change;
        if (decided == null) {
            throw new CancellationException("not decided");
        }
        return decided.result();
    }
}
