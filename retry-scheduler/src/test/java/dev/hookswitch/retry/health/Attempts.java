package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.AttemptRow.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Attempt rows of which a test says only what matters to it. */
record Attempts(
        String tenant,
        String webhookId,
        String profile,
        long activation,
        String eventId,
        String eventType,
        Instant at) {
    /** When rows end that are not told another time. */
    static final Instant AT = Instant.ofEpochMilli(1_700_000_000_500L);

    static Attempts activation(long activation) {
        return new Attempts("acme", "wh_1", "ringyo", activation, "evt_1", "call.completed", AT);
    }

    Attempts of(String otherTenant, String otherWebhookId) {
        return new Attempts(otherTenant, otherWebhookId, profile, activation, eventId, eventType, at);
    }

    Attempts withProfile(String other) {
        return new Attempts(tenant, webhookId, other, activation, eventId, eventType, at);
    }

    Attempts withActivation(long other) {
        return new Attempts(tenant, webhookId, profile, other, eventId, eventType, at);
    }

    Attempts ofEvent(String otherId, String otherType) {
        return new Attempts(tenant, webhookId, profile, activation, otherId, otherType, at);
    }

    Attempts endingAt(Instant other) {
        return new Attempts(tenant, webhookId, profile, activation, eventId, eventType, other);
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
                "msg" + eventId.substring(3),
                eventId,
                eventType,
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
                at.toEpochMilli() - 20,
                20,
                test,
                at.toEpochMilli() - 1_000,
                0,
                7,
                0,
                9,
                "dispatcher-1",
                null);
    }
}
