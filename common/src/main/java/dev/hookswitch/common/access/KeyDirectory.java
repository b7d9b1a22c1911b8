package dev.hookswitch.common.access;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.TopicFollower;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code tenants} and {@code api-keys}. A change is seen a moment after Kafka has acknowledged it. While Kafka cannot
 * be asked, what is known counts for {@code access.max-age}; then nothing is known.
 */
public final class KeyDirectory implements AutoCloseable {
    private final TopicFollower<AccessTable> follower;
    private final Duration maxAge;

    private KeyDirectory(TopicFollower<AccessTable> follower, Duration maxAge) {
        this.follower = follower;
        this.maxAge = maxAge;
    }

    /**
     * Connects to nothing yet.
     *
     * @param nanoTime a clock that never goes back
     * @throws dev.hookswitch.common.config.SettingsException naming every setting that is wrong
     */
    public static KeyDirectory of(Settings settings, LongSupplier nanoTime) {
        SettingsReader reader = settings.reader();
        Duration maxAge = reader.duration("access.max-age", Duration.ofSeconds(5), Duration.ofDays(1));
        reader.done();
        TopicLayout topics = TopicLayout.of(settings);
        String tenants = topics.tenants();
        TopicFollower.Take<AccessTable> take = (table, record, value) -> take(table, record, value, tenants);
        return new KeyDirectory(
                new TopicFollower<>(
                        "key-directory",
                        new KafkaProperties(settings),
                        List.of(tenants, topics.apiKeys()),
                        AccessTable::new,
                        take,
                        nanoTime),
                maxAge);
    }

    /** The topics that must be there before {@link #start}. */
    public static List<TopicSpec> topics(TopicLayout layout) {
        return List.of(layout.spec(layout.tenants()), layout.spec(layout.apiKeys()));
    }

    private static void take(
            AccessTable table, ConsumerRecord<String, byte[]> record, byte @Nullable [] value, String tenants) {
        String key = Objects.requireNonNull(record.key(), "key");
        if (record.topic().equals(tenants)) {
            table.takeTenant(key, value);
        } else {
            table.takeKey(key, value);
        }
    }

    /** Begins to read, and returns at once. */
    public void start() {
        follower.start();
    }

    /** What is known; empty until everything was read, and when it is too old. */
    public Optional<AccessView> view() {
        return follower.view(maxAge).map(table -> table);
    }

    /**
     * Waits until everything is known that Kafka had acknowledged before the call.
     *
     * @throws IllegalStateException when that takes longer than the limit
     */
    public AccessView refresh(Duration limit) {
        return follower.refresh(limit);
    }

    /** Up while keys can be judged. */
    public Health health() {
        return view().isPresent() ? Health.UP : Health.starting("the API keys are not known, or not lately");
    }

    @Override
    public void close() {
        follower.close();
    }
}
