package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.AttemptRow.Kind;
import dev.hookswitch.common.profile.Profile.Counting;
import dev.hookswitch.common.profile.Profile.DisableRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random attempts of one endpoint, and the independent model: what the vendor pages and {@code docs/topics.md} make of a
 * whole history, each time counted anew from its first row.
 */
final class History {
    private static final AttemptResult[] RESULTS = AttemptResult.values();

    private final DisableRule rule;
    private final Duration minFailingTime;
    private final List<AttemptRow> rows = new ArrayList<>();

    History(DisableRule rule, Duration minFailingTime) {
        this.rule = rule;
        this.minFailingTime = minFailingTime;
    }

    /** Thresholds from 1 to 12; one in four disables at once on a 410. */
    static DisableRule randomRule(Random random, Counting counting) {
        return new DisableRule(1 + random.nextInt(12), counting, random.nextInt(4) == 0);
    }

    /**
     * Adds a row: mostly failures and of the activation of the time, with all else mixed in. Time goes on by 0 to 19 s, and
     * now and then a little back, as in a topic with several writers.
     */
    AttemptRow addRandom(Random random, Attempts template, long newest) {
        Instant last = rows.isEmpty()
                ? Attempts.AT
                : Instant.ofEpochMilli(rows.get(rows.size() - 1).endedAtMs());
        long stepMs = random.nextInt(10) == 0 ? -random.nextInt(3_000) : random.nextInt(19_000);
        long activation = random.nextInt(5) == 0 ? 1 + random.nextInt((int) newest) : newest;
        AttemptResult result = RESULTS[random.nextInt(RESULTS.length)];
        if (result == AttemptResult.GONE && random.nextBoolean()) {
            result = AttemptResult.SERVER_ERROR;
        }
        if (result == AttemptResult.SUCCESS && random.nextInt(4) != 0) {
            result = AttemptResult.TIMEOUT;
        }
        Decision decision =
                result.isSuccess() ? Decision.DELIVERED : random.nextBoolean() ? Decision.EXHAUSTED : Decision.RETRY;
        Kind kind = random.nextInt(8) == 0 ? Kind.DEFERRAL : Kind.ATTEMPT;
        AttemptRow row = template.withActivation(activation)
                .ofEvent("evt_" + rows.size(), template.eventType())
                .endingAt(last.plusMillis(stepMs))
                .row(kind, result, decision, random.nextInt(8) == 0);
        rows.add(row);
        return row;
    }

    /** The state after the last row. */
    String state() {
        List<AttemptRow> charged = rows.stream()
                .filter(row -> row.kind() == Kind.ATTEMPT && !row.test())
                .filter(row -> row.result() != AttemptResult.INTERNAL && row.result() != AttemptResult.UNKNOWN)
                .toList();
        long newest = charged.stream().mapToLong(AttemptRow::activation).max().orElse(0);
        int failures = 0;
        long firstFailureMs = 0;
        for (AttemptRow row : charged) {
            if (row.activation() != newest) {
                continue;
            }
            if (row.result() == AttemptResult.SUCCESS) {
                failures = 0;
                continue;
            }
            boolean counts = counts(row);
            failures += counts ? 1 : 0;
            if (row.result() == AttemptResult.GONE && rule.atOnceOnGone()) {
                return newest + " disabled gone " + failures;
            }
            firstFailureMs = counts && failures == 1 ? row.endedAtMs() : firstFailureMs;
            if (counts && failures >= rule.after() && longEnough(firstFailureMs, row)) {
                return newest + " disabled consecutive_failures " + failures;
            }
        }
        return failures > 0 ? newest + " failing " + failures : newest + " healthy";
    }

    /** Every event that is to be told of the rows, as its type, a percentage where it has one, and its time. */
    List<String> events() {
        List<String> told = new ArrayList<>();
        long activation = 0;
        int failures = 0;
        int warned = 0;
        long firstFailureMs = 0;
        boolean disabled = false;
        for (AttemptRow row : rows) {
            if (row.kind() != Kind.ATTEMPT || row.test()) {
                continue;
            }
            String at = " at " + row.endedAtMs();
            boolean speaks = row.result() != AttemptResult.INTERNAL
                    && row.result() != AttemptResult.UNKNOWN
                    && row.activation() >= activation;
            if (speaks && disabled && row.activation() > activation) {
                told.add("endpoint.enabled" + at);
            }
            if (row.decision() == Decision.EXHAUSTED) {
                told.add("delivery.failed" + at);
            }
            if (!speaks || (disabled && row.activation() == activation)) {
                continue;
            }
            boolean success = row.result() == AttemptResult.SUCCESS;
            if (success && warned > 0) {
                told.add("endpoint.recovered" + at);
            }
            if (success || row.activation() > activation) {
                failures = 0;
                warned = 0;
                disabled = false;
            }
            activation = row.activation();
            if (success) {
                continue;
            }
            boolean counts = counts(row);
            failures += counts ? 1 : 0;
            firstFailureMs = counts && failures == 1 ? row.endedAtMs() : firstFailureMs;
            boolean gone = row.result() == AttemptResult.GONE && rule.atOnceOnGone();
            boolean tooMany = counts && failures >= rule.after() && longEnough(firstFailureMs, row);
            int percent = highestReached(failures);
            if (gone || tooMany) {
                told.add("endpoint.disabled" + at);
                disabled = true;
                warned = 0;
            } else if (percent > warned) {
                told.add("endpoint.failing " + percent + at);
                warned = percent;
            }
        }
        return told;
    }

    private boolean counts(AttemptRow row) {
        return rule.counting() == Counting.ATTEMPTS || row.decision() == Decision.EXHAUSTED;
    }

    private boolean longEnough(long firstFailureMs, AttemptRow row) {
        return minFailingTime.isZero() || row.endedAtMs() - firstFailureMs >= minFailingTime.toMillis();
    }

    private int highestReached(int failures) {
        int highest = 0;
        for (int percent : new int[] {50, 70, 90}) {
            // Rounded up to whole failures, and never before the first.
            if (failures >= (percent * rule.after() + 99) / 100) {
                highest = percent;
            }
        }
        return highest;
    }
}
