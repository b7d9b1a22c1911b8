package dev.hookswitch.standalone.demo;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds what was seen of one endpoint against what it was promised. */
final class Review {
    private final Evidence evidence;
    private final Actor actor;
    private final Map<String, OutcomeRow> outcomeByEvent = new HashMap<>();
    private final Map<String, List<AttemptRow>> rowsByDelivery;
    private final Map<String, List<Post>> postsByDelivery;
    private final List<String> problems = new ArrayList<>();

    Review(Evidence evidence, Actor actor) {
        this.evidence = evidence;
        this.actor = actor;
        rowsByDelivery = evidence.attemptsOf(actor).stream().collect(Collectors.groupingBy(AttemptRow::deliveryId));
        postsByDelivery = evidence.postsOf(actor).stream().collect(Collectors.groupingBy(Post::deliveryId));
    }

    /** Everything that is not as promised; empty when all is well. */
    List<String> problems() {
        problems.clear();
        eachEventEndsOnce();
        eachDeliveryIsInTheBooks();
        signatures();
        schedule();
        temper();
        fate();
        return List.copyOf(problems);
    }

    private void expect(boolean met, String otherwise) {
        if (!met) {
            problems.add(otherwise);
        }
    }

    private void eachEventEndsOnce() {
        Set<String> expected =
                evidence.playedFor(actor).stream().map(PlayedEvent::id).collect(Collectors.toSet());
        outcomeByEvent.clear();
        for (OutcomeRow row : evidence.outcomesOf(actor)) {
            expect(expected.contains(row.eventId()), "phantom: an outcome of " + row.eventId());
            OutcomeRow other = outcomeByEvent.put(row.eventId(), row);
            expect(other == null, "two outcomes of " + row.eventId());
        }
        expected.stream()
                .filter(id -> !outcomeByEvent.containsKey(id))
                .sorted()
                .forEach(id -> problems.add("lost: " + id + " has no outcome"));
    }

    private void eachDeliveryIsInTheBooks() {
        Set<String> ended =
                outcomeByEvent.values().stream().map(OutcomeRow::deliveryId).collect(Collectors.toSet());
        postsByDelivery.keySet().stream()
                .filter(id -> !ended.contains(id))
                .forEach(id -> problems.add("phantom: a POST of " + id));
        for (OutcomeRow row : outcomeByEvent.values()) {
            List<Integer> numbers = rowsByDelivery.getOrDefault(row.deliveryId(), List.of()).stream()
                    .map(AttemptRow::attempt)
                    .toList();
            List<Integer> counted = postsByDelivery.getOrDefault(row.deliveryId(), List.of()).stream()
                    .map(Post::attempt)
                    .sorted()
                    .toList();
            expect(
                    numbers.equals(counted) && counted.size() == row.attempts(),
                    row.eventId() + ": POSTs " + counted + ", attempt rows " + numbers + ", outcome says "
                            + row.attempts());
            expect(
                    counted.size() <= actor.promise().maxAttempts(),
                    row.eventId() + ": " + counted.size() + " attempts");
        }
    }

    private void signatures() {
        long unsigned =
                evidence.postsOf(actor).stream().filter(post -> !post.signed()).count();
        expect(unsigned == 0, unsigned + " POSTs whose signature does not verify");
        if (actor.temper() == Temper.WRONG_SECRET) {
            long verified =
                    evidence.postsOf(actor).stream().filter(Post::verified).count();
            expect(verified == 0, verified + " POSTs that verify with a wrong secret");
        }
    }

    private void schedule() {
        Waits.of(evidence, evidence.postsOf(actor)).stream()
                .filter(Waits.Wait::early)
                .forEach(wait -> problems.add("attempt " + wait.post().attempt() + " of "
                        + wait.post().deliveryId() + " came " + -wait.lateNanos() / 1_000_000 + " ms too early"));
    }

    private void temper() {
        for (OutcomeRow row : outcomeByEvent.values()) {
            String problem = switch (actor.temper()) {
                case HEALTHY, SLOW -> unless(row, Outcome.DELIVERED, 1);
                case FLAKY -> unless(row, Outcome.DELIVERED, Temper.flakyFailures(row.deliveryId()) + 1);
                case WRONG_SECRET, FAILING -> failing(row);
                case REPAIRED -> repaired(row);
            };
            expect(problem.isEmpty(), row.eventId() + ": " + problem);
        }
    }

    private static String unless(OutcomeRow row, Outcome outcome, int attempts) {
        return row.outcome() == outcome && row.attempts() == attempts
                ? ""
                : "expected " + outcome + " after " + attempts + " attempts, was " + row.outcome() + " after "
                        + row.attempts();
    }

    private String failing(OutcomeRow row) {
        if (row.outcome() == Outcome.FAILED || actor.fate() == Actor.Fate.STAYS) {
            return unless(row, Outcome.FAILED, actor.promise().maxAttempts());
        }
        boolean silenced = row.outcome() == Outcome.DISCARDED || row.outcome() == Outcome.SKIPPED;
        return silenced ? "" : "expected failed, discarded or skipped, was " + row.outcome();
    }

    private String repaired(OutcomeRow row) {
        if (evidence.afterwards().contains(row.eventId())) {
            return unless(row, Outcome.DELIVERED, 1);
        }
        return evidence.missed().contains(row.eventId()) && row.attempts() > 0 ? "a POST to a disabled endpoint" : "";
    }

    private void fate() {
        Optional<Books.Disabling> disabling =
                Optional.ofNullable(evidence.disablings().get(actor));
        if (actor.fate() == Actor.Fate.STAYS) {
            expect(disabling.isEmpty(), "was disabled");
            return;
        }
        expect(disabling.isPresent(), "was not disabled");
        disabling.ifPresent(this::disabled);
    }

    private void disabled(Books.Disabling disabling) {
        expect(
                disabling.failures() == Promise.DISABLED_AFTER,
                "was disabled after " + disabling.failures() + " failures");
        if (actor.promise().counting() == Promise.Counting.DELIVERIES) {
            long failed = outcomeByEvent.values().stream()
                    .filter(row -> row.outcome() == Outcome.FAILED)
                    .count();
            expect(failed == Promise.DISABLED_AFTER, failed + " deliveries failed before it was disabled");
        }
        long silentFrom = disabling.seenNanos() + Script.SILENCE_AFTER.toNanos();
        boolean comesBack = actor.fate() == Actor.Fate.ENABLED_AGAIN;
        long noisy = evidence.postsOf(actor).stream()
                .filter(post -> post.arrivedNanos() - silentFrom > 0)
                .filter(post -> !comesBack
                        || post.arrivedNanos() - evidence.enabledNanos().orElse(0) < 0)
                .count();
        expect(noisy == 0, noisy + " POSTs while it was disabled");
        expect(!comesBack || !evidence.afterwards().isEmpty(), "no event got through after it was enabled");
    }

    // ---- for the table

    /** Outcomes by kind, such as "10 failed, 5 skipped". */
    String outcomes() {
        Map<Outcome, Long> counts = outcomeByEvent.values().stream()
                .collect(Collectors.groupingBy(OutcomeRow::outcome, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Attempts of a delivery that was attempted, such as "1", "1-4" or "6". */
    String attempts() {
        List<Integer> counts = postsByDelivery.values().stream()
                .map(List::size)
                .distinct()
                .sorted()
                .toList();
        return switch (counts.size()) {
            case 0 -> "-";
            case 1 -> String.valueOf(counts.get(0));
            default -> counts.get(0) + "-" + counts.get(counts.size() - 1);
        };
    }

    int ended() {
        return outcomeByEvent.size();
    }
}
