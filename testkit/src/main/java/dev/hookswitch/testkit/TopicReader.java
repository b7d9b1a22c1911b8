package dev.hookswitch.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a whole topic from its beginning, outside any group. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    TopicReader(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    List<ConsumerRecord<byte[], byte[]>> readToEnd(Duration limit) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!reached(ends)) {
            if (System.nanoTime() > deadlineNanos) {
                throw outOfTime("the end");
            }
            poll();
        }
        return List.copyOf(records);
    }

    /** When the limit is over, what is there then is read before it is said how many there are. */
    List<ConsumerRecord<byte[], byte[]>> readAtLeast(int count, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (records.size() < count && System.nanoTime() <= deadlineNanos) {
            poll();
        }
        if (records.size() < count && readToEnd(END_LIMIT).size() < count) {
            throw outOfTime(count + " records");
        }
        return List.copyOf(records);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void poll() {
        consumer.poll(POLL).forEach(records::add);
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private AssertionError outOfTime(String goal) {
        return new AssertionError("did not reach " + goal + " of " + topic + " in time, got " + records.size());
    }
}
