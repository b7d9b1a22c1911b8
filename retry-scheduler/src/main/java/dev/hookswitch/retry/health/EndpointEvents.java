package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.profile.Profile.DisableRule;
import dev.hookswitch.retry.health.EndpointHealth.Disabled;
import dev.hookswitch.retry.health.EndpointHealth.Failing;
import dev.hookswitch.retry.health.EndpointHealth.Healthy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of an endpoint is told of an attempt and of what it changed. Pure.
 *
 * <p>A warning is sent when a failure brings the count to a percentage for the first time since the count began, which is
 * seen by comparing the counts before and after it. Percentages are rounded up to whole failures; of several that one
 * failure passes, the highest is sent. That the telling of such an event failed is not told again.
 */
final class EndpointEvents {
    private static final List<Integer> PERCENTAGES = List.of(90, 70, 50);

    private final AttemptRow row;
    private final DisableRule rule;
    private final List<EndpointEvent> events = new ArrayList<>();

    private EndpointEvents(AttemptRow row, DisableRule rule) {
        this.row = row;
        this.rule = rule;
    }

    /**
     * The events, in the order in which they are to be told; at most one of each type.
     *
     * @param change what the attempt changed; null when nothing
     */
    static List<EndpointEvent> of(@Nullable Transition change, AttemptRow row, DisableRule rule) {
        if (row.test() || row.kind() != AttemptRow.Kind.ATTEMPT) {
            return List.of();
        }
        EndpointEvents told = new EndpointEvents(row, rule);
        if (change != null && change.from() instanceof Disabled) {
            told.plain(EndpointEvent.Type.ENDPOINT_ENABLED);
        }
        if (row.decision() == AttemptRow.Decision.EXHAUSTED
                && !EndpointEvent.isToldBy(row.eventId(), row.eventType())) {
            told.plain(EndpointEvent.Type.DELIVERY_FAILED);
        }
        if (change != null) {
            told.changed(change);
        }
        return List.copyOf(told.events);
    }

    private void changed(Transition change) {
        Failing before = change.from() instanceof Failing failing ? failing : null;
        if (change.to() instanceof Healthy) {
            recovered(before);
            return;
        }
        // What an older activation counted is no part of this count.
        Failing earlier = before != null && before.activation() == change.to().activation() ? before : null;
        if (change.to() instanceof Failing now) {
            int percent = reached(now.consecutiveFailures());
            if (percent > (earlier == null ? 0 : reached(earlier.consecutiveFailures()))) {
                counted(EndpointEvent.Type.ENDPOINT_FAILING, percent, now.consecutiveFailures(), now.since(), null);
            }
        }
        if (change.to() instanceof Disabled now) {
            Instant since = earlier == null ? now.at() : earlier.since();
            counted(EndpointEvent.Type.ENDPOINT_DISABLED, null, now.consecutiveFailures(), since, now.reason());
        }
    }

    /** A failure that does not count can end the count of an older activation, too, and is no recovery. */
    private void recovered(@Nullable Failing before) {
        boolean success = row.result() != null && row.result().isSuccess();
        if (success && before != null && reached(before.consecutiveFailures()) > 0) {
            counted(EndpointEvent.Type.ENDPOINT_RECOVERED, null, before.consecutiveFailures(), before.since(), null);
        }
    }

    /** The highest percentage of the threshold that so many failures come to; 0 for none. */
    private int reached(int failures) {
        return PERCENTAGES.stream()
                .filter(percent -> 100L * failures >= (long) percent * rule.after())
                .findFirst()
                .orElse(0);
    }

    private void plain(EndpointEvent.Type type) {
        add(type, null, null, null, null, null, null);
    }

    private void counted(
            EndpointEvent.Type type,
            @Nullable Integer percent,
            int failures,
            Instant failingSince,
            @Nullable String reason) {
        String counting = rule.counting().name().toLowerCase(Locale.ROOT);
        add(type, percent, failures, rule.after(), counting, failingSince.toEpochMilli(), reason);
    }

    private void add(
            EndpointEvent.Type type,
            @Nullable Integer percent,
            @Nullable Integer failures,
            @Nullable Integer threshold,
            @Nullable String counting,
            @Nullable Long failingSinceMs,
            @Nullable String reason) {
        events.add(new EndpointEvent(
                EndpointEvent.id(type, row),
                type,
                row.tenant(),
                row.webhookId(),
                row.profile(),
                row.activation(),
                row.endedAtMs(),
                percent,
                failures,
                threshold,
                counting,
                failingSinceMs,
                reason,
                row.deliveryId(),
                row.eventId(),
                row.eventType(),
                row.attempt(),
                row.result(),
                row.httpStatus()));
    }
}
