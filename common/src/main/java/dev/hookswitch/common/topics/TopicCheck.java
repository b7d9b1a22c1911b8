package dev.hookswitch.common.topics;

import dev.hookswitch.common.topics.TopicPlanReader.TopicState;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** What a role asks at its start: are my topics there, in a shape that I can work on? */
public final class TopicCheck {
    private TopicCheck() {}

    /**
     * Returns when every topic is there and fit: same partition count, cleanup policy and timestamp type as declared,
     * no limit of time or size where none is declared, and messages as large as declared are taken. Waits at most about ten
     * seconds for each of Kafka's two answers.
     *
     * @throws IllegalStateException naming every missing topic and every mismatch, and what to do; or when Kafka does not
     *     answer
     */
    public static void require(Admin admin, List<TopicSpec> specs) {
        Map<String, TopicState> states = TopicPlanReader.read(admin, specs);
        List<String> problems = specs.stream()
                .flatMap(spec -> TopicChanges.breaking(spec, states.get(spec.name())).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalStateException("topics are not as declared:\n  " + String.join("\n  ", problems)
                    + "\nrun `hookswitch topics apply`");
        }
    }
}
