package dev.hookswitch.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookswitch.common.model.OutcomeRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The judgement over a run.
 *
 * @param rows one for each endpoint
 * @param documentedSeen documented events that arrived as the page shows them
 * @param documentedPlayed documented events that were played
 * @param general what is wrong beyond single endpoints
 */
record Verdict(List<Row> rows, int documentedSeen, int documentedPlayed, List<String> general) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparator<JsonNode> BY_NUMBER =
            (a, b) -> a.isNumber() && b.isNumber() ? Double.compare(a.asDouble(), b.asDouble()) : a.equals(b) ? 0 : 1;

    /**
     * An endpoint's.
     *
     * @param actor the endpoint
     * @param expected deliveries that must end
     * @param ended deliveries that ended
     * @param posts that its receiver got
     * @param signed of these, how many verify
     * @param attempts POSTs of a delivery, least and most
     * @param outcomes by kind
     * @param waits its retries
     * @param problems everything that is not as promised
     */
    record Row(
            Actor actor,
            int expected,
            int ended,
            int posts,
            long signed,
            String attempts,
            String outcomes,
            List<Waits.Wait> waits,
            List<String> problems) {}

    static Verdict of(Evidence evidence) {
        List<Row> rows = Cast.ACTORS.stream().map(actor -> row(evidence, actor)).toList();
        List<String> general = new ArrayList<>();
        Set<String> known = Set.copyOf(evidence.webhookIds().values());
        evidence.outcomes().stream()
                .filter(outcome -> !known.contains(outcome.webhookId()))
                .forEach(outcome -> general.add("phantom: an outcome of unknown endpoint " + outcome.webhookId()));
        int played =
                (int) evidence.played().stream().filter(PlayedEvent::documented).count();
        int seen = documentedSeen(evidence, general);
        return new Verdict(rows, seen, played, List.copyOf(general));
    }

    private static Row row(Evidence evidence, Actor actor) {
        Review review = new Review(evidence, actor);
        List<String> problems = review.problems();
        List<Post> posts = evidence.postsOf(actor);
        return new Row(
                actor,
                evidence.playedFor(actor).size(),
                review.ended(),
                posts.size(),
                posts.stream().filter(Post::signed).count(),
                review.attempts(),
                review.outcomes(),
                Waits.of(evidence, posts),
                problems);
    }

    boolean allMet() {
        return general.isEmpty() && rows.stream().allMatch(row -> row.problems().isEmpty());
    }

    List<Waits.Wait> waits() {
        return rows.stream().flatMap(row -> row.waits().stream()).toList();
    }

    int sum(Function<Row, Integer> of) {
        return rows.stream().map(of).mapToInt(Integer::intValue).sum();
    }

    /** Documented events that arrived, at each endpoint that subscribed, with the page's fields and data. */
    private static int documentedSeen(Evidence evidence, List<String> problems) {
        Map<String, List<Post>> posts = evidence.posts().stream().collect(Collectors.groupingBy(Post::deliveryId));
        Map<String, List<OutcomeRow>> outcomes =
                evidence.outcomes().stream().collect(Collectors.groupingBy(OutcomeRow::eventId));
        int seen = 0;
        for (PlayedEvent event : evidence.played()) {
            if (event.documented()) {
                List<Post> of = outcomes.getOrDefault(event.id(), List.of()).stream()
                        .flatMap(row -> posts.getOrDefault(row.deliveryId(), List.of()).stream())
                        .toList();
                if (!of.isEmpty() && of.stream().allMatch(post -> asDocumented(post, event))) {
                    seen++;
                } else {
                    problems.add("documented event " + event.type() + " did not arrive as its page shows it");
                }
            }
        }
        return seen;
    }

    private static boolean asDocumented(Post post, PlayedEvent event) {
        try {
            JsonNode body = JSON.readTree(post.body());
            List<String> fields = new ArrayList<>();
            body.fieldNames().forEachRemaining(fields::add);
            Promise promise = post.actor().promise();
            return fields.equals(promise.bodyFields())
                    && body.path(fields.get(0)).asText().equals(event.type())
                    && body.path("data").equals(BY_NUMBER, event.data());
        } catch (IOException notJson) {
            return false;
        }
    }
}
