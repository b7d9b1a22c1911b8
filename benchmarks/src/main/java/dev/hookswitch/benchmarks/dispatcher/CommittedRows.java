package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.rig.TopicRows;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the dispatcher has committed, read after it has stopped: the witness of the benchmark. A row carries the time at
 * which it was handed to the transaction, so that a window of time has its rows.
 *
 * @param outcomes in the topic
 * @param outcomesInWindow of these, written in the window
 * @param attemptMillis durations of the attempts in the window
 */
record CommittedRows(long outcomes, long outcomesInWindow, Histogram attemptMillis) {
    private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

    /** Reads both topics; the window is in epoch milliseconds, its end not in it. */
    static CommittedRows read(String bootstrapServers, TopicLayout topics, long fromMs, long toMs) {
        long[] outcomes = new long[2];
        TopicRows.read(bootstrapServers, topics.deliveryOutcomes(), 0, row -> {
            outcomes[0]++;
            outcomes[1] += isIn(row, fromMs, toMs) ? 1 : 0;
        });
        Histogram attemptMillis = new Histogram(LONGEST_MILLIS, 3);
        TopicRows.read(bootstrapServers, topics.deliveryAttempts(), fromMs, row -> {
            if (isIn(row, fromMs, toMs)) {
                AttemptRow attempt = Wire.read(row.value(), AttemptRow.class);
                if (attempt.kind() == AttemptRow.Kind.ATTEMPT) {
                    attemptMillis.recordValue(Math.min(LONGEST_MILLIS, attempt.durationMs()));
                }
            }
        });
        return new CommittedRows(outcomes[0], outcomes[1], attemptMillis);
    }

    private static boolean isIn(ConsumerRecord<byte[], byte[]> row, long fromMs, long toMs) {
        return row.timestamp() >= fromMs && row.timestamp() < toMs;
    }
}
