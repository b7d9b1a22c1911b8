package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.AttemptRow.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Attempt rows of which a test says only what matters to it. */
record Attempts(String tenant, String webhookId, String profile, long activation) {
    /** Every row ends at this moment. */
    static final Instant AT = Instant.ofEpochMilli(1_700_000_000_500L);

    static Attempts activation(long activation) {
        return new Attempts("acme", "wh_1", "ringyo", activation);
    }

    Attempts of(String otherTenant, String otherWebhookId) {
        return new Attempts(otherTenant, otherWebhookId, profile, activation);
    }

    Attempts withProfile(String other) {
        return new Attempts(tenant, webhookId, other, activation);
    }

    AttemptRow success() {
        return row(Kind.ATTEMPT, AttemptResult.SUCCESS, Decision.DELIVERED, false);
    }

    /** A failed attempt after which another follows. */
    AttemptRow failed(AttemptResult result) {
        return row(Kind.ATTEMPT, result, Decision.RETRY, false);
    }

    /** The last failed attempt of a delivery. */
    AttemptRow exhausted(AttemptResult result) {
        return row(Kind.ATTEMPT, result, Decision.EXHAUSTED, false);
    }

    AttemptRow test(AttemptResult result) {
        return row(Kind.ATTEMPT, result, result.isSuccess() ? Decision.DELIVERED : Decision.EXHAUSTED, true);
    }

    AttemptRow deferral() {
        return row(Kind.DEFERRAL, null, Decision.DEFERRED, false);
    }

    AttemptRow row(Kind kind, @Nullable AttemptResult result, Decision decision, boolean test) {
        return new AttemptRow(
                kind,
                "msg_1",
                "evt_1",
                "call.completed",
                tenant,
                webhookId,
                profile,
                activation,
                1,
                6,
                result,
                null,
                decision,
                null,
                AT.toEpochMilli() - 20,
                20,
                test,
                AT.toEpochMilli() - 1_000,
                0,
                7,
                0,
                9,
                "dispatcher-1",
                null);
    }
}
