package dev.hookswitch.ingest;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.matching.IndexTable;
import dev.hookswitch.common.matching.SubscriptionIndex;
import dev.hookswitch.common.matching.SubscriptionMatcher;
import dev.hookswitch.common.matching.Verdict;
import dev.hookswitch.common.service.TopicFollower;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides as the fan-out does, by the endpoints that the tenant has now. While these are not known, or not lately, it lets
 * everything pass: the fan-out looks again, and to take events matters more than to refuse the wrong ones early.
 */
final class EndpointDoor implements Door, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointDoor.class);
    private static final Duration MAX_AGE = Duration.ofSeconds(30);

    private final TopicFollower<SubscriptionIndex> endpoints;
    private final SubscriptionMatcher matcher;
    private final IngestMetrics metrics;

    /** Connects to nothing yet. */
    EndpointDoor(IngestSettings settings, KafkaProperties kafka, IngestMetrics metrics) {
        this.matcher = new SubscriptionMatcher(settings.profiles().all(), settings.schemaCheck());
        this.endpoints = new TopicFollower<>(
                "ingest-endpoints",
                kafka,
                List.of(settings.subscriptions().name()),
                SubscriptionIndex::new,
                (index, record, value) ->
                        IndexTable.subscriptions(index, settings.profiles()).take(record.key(), value),
                System::nanoTime);
        this.metrics = metrics;
    }

    /** Begins to read, and returns at once. */
    void start() {
        endpoints.start();
    }

    @Override
    public List<Problem> problemsWith(DomainEvent event) {
        Optional<SubscriptionIndex> known = endpoints.view(MAX_AGE);
        if (known.isEmpty()) {
            metrics.unchecked();
            return List.of();
        }
        try {
            Verdict verdict = matcher.match(event, known.get().of(event.tenant()));
            return verdict instanceof Verdict.Rejected rejected ? rejected.problems() : List.of();
        } catch (RuntimeException | StackOverflowError e) {
            // A regular expression in an operator's schema can exhaust the stack on a long text.
            LOG.error("schema check failed type={}", event.type(), e);
            metrics.unchecked();
            return List.of();
        }
    }

    @Override
    public void close() {
        endpoints.close();
    }
}
