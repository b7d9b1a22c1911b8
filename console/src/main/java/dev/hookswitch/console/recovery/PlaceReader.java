package dev.hookswitch.console.recovery;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final String topic;
    private @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable TopicPartition current;
    /** Where the reading began after the last leap. */
    private long soughtOffset;
    /** Everything below has been passed. */
    private long nextOffset;
    /** The first record that has not been passed, when known. */
    private @Nullable ConsumerRecord<byte[], byte[]> ahead;

    private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();

    /** @param consumers makes the client, when the first place is read; starts anew from the earliest record out of range */
    PlaceReader(Supplier<Consumer<byte[], byte[]>> consumers, String topic) {
        this.consumers = consumers;
        this.topic = topic;
    }

    /**
     * The record at that place; empty when Kafka does not keep it any more.
     *
     * @throws IllegalStateException when Kafka does not answer for 30 seconds
     */
    Optional<ConsumerRecord<byte[], byte[]>> read(int partition, long offset) {
        TopicPartition at = new TopicPartition(topic, partition);
        Consumer<byte[], byte[]> reader = goTo(at, offset);
        long beganNanos = System.nanoTime();
        while (true) {
            ConsumerRecord<byte[], byte[]> record = firstAhead();
            if (record != null && record.offset() < soughtOffset) {
                // There is no such place: Kafka has begun at the beginning instead, which is not to be read up to here.
                current = null;
                return Optional.empty();
            }
            if (record != null && record.offset() >= offset) {
                nextOffset = offset + 1;
                if (record.offset() > offset) {
                    return Optional.empty();
                }
                ahead = null;
                return Optional.of(record);
            }
            ahead = null;
            if (record == null && fetchedNothing(reader, at, offset)) {
                return Optional.empty();
            }
            if (System.nanoTime() - beganNanos > LIMIT_NANOS) {
                throw new IllegalStateException(topic + " could not be read at " + partition + ":" + offset);
            }
        }
    }

    private Consumer<byte[], byte[]> goTo(TopicPartition partition, long offset) {
        Consumer<byte[], byte[]> reader = consumer == null ? consumers.get() : consumer;
        consumer = reader;
        if (!partition.equals(current)) {
            reader.assign(List.of(partition));
            current = partition;
        } else if (offset >= nextOffset && offset - positionAhead() <= NEAR) {
            return reader;
        }
        reader.seek(partition, offset);
        fetched = Collections.emptyIterator();
        ahead = null;
        nextOffset = offset;
        soughtOffset = offset;
        return reader;
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
    private boolean fetchedNothing(Consumer<byte[], byte[]> reader, TopicPartition partition, long offset) {
        fetched = reader.poll(POLL).iterator();
        if (fetched.hasNext()) {
            return false;
        }
        return reader.position(partition) > offset
                || reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L) <= offset;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
