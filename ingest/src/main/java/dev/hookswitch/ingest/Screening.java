package dev.hookswitch.ingest;

import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.access.Refusal;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.event.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks into the events of a request, which are good together or not at all. Writes nothing. */
final class Screening {
    /** Named in an answer. */
    private static final int MOST_PROBLEMS = 100;

    private final EventParser parser;
    private final Door door;

    Screening(EventParser parser, Door door) {
        this.parser = parser;
        this.door = door;
    }

    /** What came of it. */
    sealed interface Result {}

    /** All may be written. */
    record Good(List<Incoming> events) implements Result {}

    /** None may. */
    record Bad(Answer.Refused answer) implements Result {}

    /** Looks at all of them, or until enough is wrong. */
    Result screen(Submission.Events submitted, Caller caller) {
        List<Incoming> good = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, First> firsts = new HashMap<>();
        for (int i = 0; i < submitted.events().size() && problems.size() < MOST_PROBLEMS; i++) {
            byte[] bytes = submitted.events().get(i);
            String at = submitted.batch() ? "/" + i : "";
            ParsedEvent parsed = parser.parse(bytes);
            if (parsed instanceof ParsedEvent.Refused refused) {
                problems.add(refused.problem().under(at));
                continue;
            }
            DomainEvent event = ((ParsedEvent.Accepted) parsed).event();
            if (!caller.speaksFor(event.tenant())) {
                // Before the door: nothing is said of what another tenant's endpoints can take.
                return new Bad(Answer.refused(Refusal.WRONG_TENANT, Map.of("pointer", at + "/tenant")));
            }
            clash(new First(i, event), firsts)
                    .map(List::of)
                    .orElseGet(() -> door.problemsWith(event))
                    .forEach(problem -> problems.add(problem.under(at)));
            good.add(new Incoming(event, bytes));
        }
        return problems.isEmpty()
                ? new Good(good)
                : new Bad(Answer.refused(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS))));
    }

    /** The same event twice is taken, as it is in two requests; of another under its id, the fan-out would refuse one. */
    private static Optional<Problem> clash(First event, Map<String, First> firsts) {
        First first =
                firsts.putIfAbsent(event.event().tenant() + " " + event.event().id(), event);
        return Optional.ofNullable(first)
                .filter(other -> !other.event().saysTheSameAs(event.event()))
                .map(other -> new Problem(
                        Problem.Reason.INVALID_FIELD,
                        "/id",
                        "id must be unique for the tenant, and event " + other.index()
                                + " of the batch has it with another type, time, workspace or data"));
    }

    /** The first event of a batch with its id. */
    private record First(int index, DomainEvent event) {}
}
