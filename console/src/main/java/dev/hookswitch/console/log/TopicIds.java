package dev.hookswitch.console.log;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/** Ids of the topics that a log is made of: topics that were deleted and made anew have others, and begin at 0 again. */
final class TopicIds {
    private static final long LIMIT_SECONDS = 15;

    private TopicIds() {}

    static String of(LogClients clients, LogSettings settings) {
        List<String> names = Stream.of(Source.values()).map(settings::topic).toList();
        try (Admin admin = clients.admin()) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return names.stream()
                    .map(name ->
                            Objects.requireNonNull(topics.get(name)).topicId().toString())
                    .collect(Collectors.joining(" "));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot look at " + names + ": " + e, e);
        }
    }
}
