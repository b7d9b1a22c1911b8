package dev.hookswitch.dispatcher;

import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.testkit.KafkaCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Makes a deployment's topics. */
public final class TestTopics {
    private TestTopics() {}

    /** Returns when every partition answers; brokers hear of new topics one after the other. */
    public static void create(KafkaCluster kafka, List<TopicSpec> specs) {
        List<NewTopic> topics = specs.stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(spec.config()))
                .toList();
        var unused = kafka.admin().createTopics(topics);
        Map<TopicPartition, OffsetSpec> partitions = specs.stream()
                .flatMap(TestTopics::partitions)
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            kafka.admin().listOffsets(partitions).all().get();
            return true;
        });
    }

    private static Stream<TopicPartition> partitions(TopicSpec spec) {
        return IntStream.range(0, spec.partitions()).mapToObj(index -> new TopicPartition(spec.name(), index));
    }
}
