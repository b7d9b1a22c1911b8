package dev.hookswitch.console.recovery;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records of one topic by their place. Quick when places are asked for in ascending order: neighbours come with
 * one fetch. For one thread.
 */
final class PlaceReader implements AutoCloseable {
    /** What is so near ahead is read over, not sought. */
    private static final long NEAR = 200;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private @Nullable TopicPartition current;
    /** Everything below has been passed. */
    private long nextOffset;
    /** The first record that has not been passed, when known. */
    private @Nullable ConsumerRecord<byte[], byte[]> ahead;

    private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();

    PlaceReader(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    /**
     * The record at that place; empty when Kafka does not keep it any more.
     *
     * @throws IllegalStateException when Kafka does not answer for 30 seconds
     */
    Optional<ConsumerRecord<byte[], byte[]>> read(int partition, long offset) {
        goTo(new TopicPartition(topic, partition), offset);
        long beganNanos = System.nanoTime();
        while (true) {
            ConsumerRecord<byte[], byte[]> record = firstAhead();
            if (record != null && record.offset() >= offset) {
                nextOffset = offset + 1;
                if (record.offset() > offset) {
                    return Optional.empty();
                }
                ahead = null;
                return Optional.of(record);
            }
            ahead = null;
            if (record == null && fetchedNothing(offset)) {
                return Optional.empty();
            }
            if (System.nanoTime() - beganNanos > LIMIT_NANOS) {
                throw new IllegalStateException(topic + " could not be read at " + partition + ":" + offset);
            }
        }
    }

    private void goTo(TopicPartition partition, long offset) {
        if (!partition.equals(current)) {
            consumer.assign(List.of(partition));
            current = partition;
        } else if (offset >= nextOffset && offset - positionAhead() <= NEAR) {
            return;
        }
        consumer.seek(partition, offset);
        fetched = Collections.emptyIterator();
        ahead = null;
        nextOffset = offset;
    }

    private long positionAhead() {
        return ahead == null ? nextOffset : ahead.offset();
    }

    private @Nullable ConsumerRecord<byte[], byte[]> firstAhead() {
        if (ahead == null && fetched.hasNext()) {
            ahead = fetched.next();
            nextOffset = Math.max(nextOffset, ahead.offset());
        }
        return ahead;
    }

    /** Fetches on; true when there is nothing at the place nor behind it. */
    private boolean fetchedNothing(long offset) {
        TopicPartition partition = current;
        if (partition == null) {
            return true;
        }
        fetched = consumer.poll(POLL).iterator();
        if (fetched.hasNext()) {
            return false;
        }
        return consumer.position(partition) > offset
                || consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L) <= offset;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
