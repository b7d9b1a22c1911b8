package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.ledger.Post;
import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An invented run: a life of a dispatcher for each fault, ten seconds long, the fault in its ninth second. */
final class Account {
    static final long LIFE_MS = 10_000;
    static final long FAULT_AT_MS = 9_000;
    private static final long ANSWER_MS = 40;

    private final List<Episode> episodes = new ArrayList<>();
    private final Evidence evidence;

    Account(long acknowledged, Fault... faults) {
        evidence = new Evidence(acknowledged);
        Arrays.stream(faults).forEach(fault -> life(fault, 0));
    }

    private void life(Fault fault, int uncleanStops) {
        long from = episodes.size() * LIFE_MS;
        Step step = new Step(fault, Duration.ZERO, Duration.ZERO, true);
        episodes.add(new Episode(step, from, from, from + FAULT_AT_MS, from + LIFE_MS, 0, uncleanStops));
    }

    Account uncleanTerm() {
        life(Fault.TERM, 1);
        return this;
    }

    Account written(String id) {
        evidence.written(id);
        return this;
    }

    /** The receiver has seen a POST. */
    Account post(String id, long atMs, int status) {
        evidence.posted(new Post(id, atMs, ANSWER_MS, status));
        return this;
    }

    /** The dispatcher has committed an attempt. */
    Account row(String id, int attempt, long atMs, int status) {
        boolean success = status == 200;
        evidence.attempted(
                new AttemptRow(
                        AttemptRow.Kind.ATTEMPT,
                        id,
                        "evt",
                        "call.completed",
                        "bench",
                        "wh_1",
                        "standard",
                        1,
                        attempt,
                        6,
                        success ? AttemptResult.SUCCESS : AttemptResult.SERVER_ERROR,
                        status,
                        success ? AttemptRow.Decision.DELIVERED : AttemptRow.Decision.RETRY,
                        success ? null : "1s",
                        atMs,
                        ANSWER_MS + 1,
                        false,
                        0,
                        0,
                        0,
                        0,
                        0,
                        "crash",
                        null),
                atMs + ANSWER_MS + 2);
        return this;
    }

    Account outcome(String id, OutcomeRow.Outcome outcome) {
        evidence.ended(new OutcomeRow(
                id,
                "evt",
                "call.completed",
                "bench",
                "wh_1",
                "standard",
                outcome,
                "success",
                1,
                200,
                0,
                0,
                false,
                0,
                0L,
                0,
                0,
                null));
        return this;
    }

    Account delivered(String id) {
        return outcome(id, OutcomeRow.Outcome.DELIVERED);
    }

    /** Written, POSTed, recorded and ended as it should be. */
    Account good(String id, long atMs) {
        return written(id).post(id, atMs, 200).row(id, 1, atMs, 200).delivered(id);
    }

    Account handedBack(String id, int attempt) {
        evidence.handedBack(new Delivery(
                id,
                new EndpointId("bench", "wh_1"),
                "evt",
                "call.completed",
                "standard",
                0,
                0,
                0,
                1,
                attempt,
                0,
                null,
                new Delivery.Origin(0, 0),
                false,
                null));
        return this;
    }

    Findings findings() {
        return Findings.of(evidence, episodes);
    }
}
