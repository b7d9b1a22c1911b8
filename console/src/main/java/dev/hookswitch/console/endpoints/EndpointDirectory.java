package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.TopicFollower;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.console.changes.Changes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Follows endpoints, their status and the latest requests. */
final class EndpointDirectory implements Changes.Views<EndpointDraft>, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final TopicLayout topics;
    private final Duration maxAge;
    private final Duration answersKept;
    private final TopicFollower<EndpointTable> follower;

    /** Connects to nothing yet. */
    EndpointDirectory(Settings settings, InstantSource clock) {
        SettingsReader reader = settings.reader();
        this.maxAge = reader.duration("access.max-age", Duration.ofSeconds(5), Duration.ofDays(1));
        this.answersKept = reader.duration("topics.api-requests.retention", Duration.ofMinutes(1), Duration.ofDays(30));
        reader.done();
        this.topics = TopicLayout.of(settings);
        this.follower = new TopicFollower<>(
                "endpoint-directory",
                new KafkaProperties(settings),
                topics(topics).stream().map(TopicSpec::name).toList(),
                () -> new EndpointTable(answersKept, clock),
                this::take,
                System::nanoTime);
    }

    /** The topics that must be there before {@link #start}. */
    static List<TopicSpec> topics(TopicLayout layout) {
        return List.of(
                layout.spec(layout.subscriptions()),
                layout.spec(layout.endpointStatus()),
                layout.spec(layout.apiRequests()));
    }

    void start() {
        follower.start();
    }

    /** What is known; empty until everything was read, and when Kafka was not heard for {@code access.max-age}. */
    Optional<EndpointsView> known() {
        return follower.view(maxAge).map(table -> table);
    }

    /** Everything that Kafka had acknowledged before the call. */
    EndpointsView fresh() {
        return follower.refresh(LIMIT);
    }

    /** For how long a request is known. */
    Duration answersKept() {
        return answersKept;
    }

    @Override
    public EndpointDraft refresh(Duration limit) {
        return new EndpointDraft(follower.refresh(limit));
    }

    @Override
    public EndpointDraft draft() {
        return new EndpointDraft(known().orElseGet(this::fresh));
    }

    private void take(EndpointTable table, ConsumerRecord<String, byte[]> record, byte @Nullable [] value) {
        String key = Objects.requireNonNull(record.key(), "key");
        if (record.topic().equals(topics.subscriptions())) {
            table.takeSubscription(key, value);
        } else if (record.topic().equals(topics.endpointStatus())) {
            table.takeStatus(key, value);
        } else {
            table.takeRequest(key, value);
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
