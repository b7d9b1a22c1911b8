package dev.hookswitch.benchmarks.crash;

import dev.hookswitch.benchmarks.ledger.Post;
import dev.hookswitch.common.model.OutcomeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the evidence comes to.
 *
 * @param deliveries in the topic
 * @param posts in the ledger
 * @param notWritten deliveries that were acknowledged and are not in the topic
 * @param lost deliveries in the topic that have no outcome
 * @param deliveredUnseen deliveries that are said to be delivered, without a 2xx in the ledger
 * @param endedAgain outcomes of deliveries that have one already
 * @param endedOtherwise outcomes other than delivered
 * @param recordedAgain rows of attempts that have one already
 * @param recordedWithoutPost rows of attempts that were answered, without a POST in the ledger
 * @param phantoms POSTs of what is no delivery in the topic
 * @param handedBackTwice records that the scheduler handed back twice: a delivery waited in two places
 * @param outsideOfEpisodes POSTs whose result was never committed, while no dispatcher ran
 * @param repeats of each episode, in order
 */
record Findings(
        long deliveries,
        long posts,
        long notWritten,
        long lost,
        long deliveredUnseen,
        long endedAgain,
        long endedOtherwise,
        long recordedAgain,
        long recordedWithoutPost,
        long phantoms,
        long handedBackTwice,
        long outsideOfEpisodes,
        List<Repeats> repeats) {

    /** Weighs the evidence. */
    static Findings of(Evidence evidence, List<Episode> episodes) {
        List<Post> unrecorded = new ArrayList<>();
        long recordedWithoutPost = 0;
        for (Trace trace : evidence.traces()) {
            Trace.Matched matched = trace.matched();
            unrecorded.addAll(matched.unrecorded());
            recordedWithoutPost += matched.withoutPost();
        }
        List<Repeats> repeats = episodes.stream()
                .map(episode -> Repeats.of(
                        episode, unrecorded, evidence.sinceCommitMs(episode.faultMs(), episode.firstPostMs())))
                .toList();
        long placed = repeats.stream().mapToLong(Repeats::all).sum();
        long written = written(evidence).count();
        return new Findings(
                written,
                evidence.traces().stream()
                        .mapToLong(trace -> trace.posts.size())
                        .sum(),
                Math.max(0, evidence.acknowledged() - written),
                written(evidence).filter(trace -> trace.outcomes.isEmpty()).count(),
                written(evidence)
                        .filter(trace -> trace.delivered() && !trace.answeredWithSuccess())
                        .count(),
                evidence.traces().stream()
                        .mapToLong(trace -> Math.max(0, trace.outcomes.size() - 1))
                        .sum(),
                evidence.traces().stream()
                        .flatMap(trace -> trace.outcomes.stream())
                        .filter(outcome -> outcome != OutcomeRow.Outcome.DELIVERED)
                        .count(),
                evidence.traces().stream().mapToLong(Trace::recordedAgain).sum(),
                recordedWithoutPost,
                evidence.traces().stream()
                        .filter(trace -> !trace.written)
                        .mapToLong(trace -> trace.posts.size())
                        .sum(),
                evidence.handedBackTwice(),
                unrecorded.size() - placed,
                repeats);
    }

    private static Stream<Trace> written(Evidence evidence) {
        return evidence.traces().stream().filter(trace -> trace.written);
    }

    /** The repeats of all episodes with this fault. */
    List<Repeats> after(Fault fault) {
        return repeats.stream()
                .filter(repeat -> repeat.episode().fault() == fault)
                .toList();
    }
}
