package dev.hookswitch.dispatcher.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.dispatcher.lane.ResultCommitter.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultCommitterTest {
    private static final TopicPartition PARTITION = Samples.PARTITION;
    private static final ConsumerGroupMetadata MEMBER = member(3, "member-1");

    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final Deque<RuntimeException> initFailures = new ArrayDeque<>();
    private final ResultCommitter committer = new ResultCommitter(this::newProducer);
    private final OffsetTracker tracker = new OffsetTracker(0, CommitMap.Known.NOTHING);
    private long commitNumber;

    private Producer<byte[], byte[]> newProducer() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactionException = initFailures.poll();
        producers.add(producer);
        return producer;
    }

    @Test
    void writesResultsAndOffsetsTogether() {
        finish("a");
        finish("b");
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();

        assertThat(committer.commit(offsets, MEMBER)).isEqualTo(Result.COMMITTED);

        assertThat(values(producers.get(0))).containsExactly("a", "b");
        assertThat(producers.get(0).consumerGroupOffsetsHistory()).containsExactly(Map.of("group", offsets));
        assertThat(committer.pending()).isZero();
    }

    @Test
    void withoutAMemberNothingIsSent() {
        finish("a");

        assertThat(committer.commit(offsets(), member(-1, ""))).isEqualTo(Result.ABORTED);
        assertThat(committer.commit(offsets(), member(0, "member-1"))).isEqualTo(Result.ABORTED);
        assertThat(committer.commit(offsets(), member(3, ""))).isEqualTo(Result.ABORTED);

        assertThat(producers).isEmpty();
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a");
    }

    @Test
    void failedSendAbortsAndKeepsTheResults() {
        finish("a");
        committer.open();
        producers.get(0).sendException = new KafkaException("no");

        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.ABORTED);

        assertThat(producers.get(0).transactionAborted()).isTrue();
        producers.get(0).sendException = null;
        finish("b");
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a", "b");
    }

    @Test
    void refusedOffsetsAbortAndKeepTheResults() {
        finish("a");
        committer.open();
        producers.get(0).sendOffsetsToTransactionException = new KafkaException("stale member epoch");

        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.ABORTED);

        producers.get(0).sendOffsetsToTransactionException = null;
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a");
        assertThat(producers).hasSize(1);
    }

    @Test
    void refusedCommitThatCanBeAbortedKeepsTheResults() {
        finish("a");
        committer.open();
        producers.get(0).commitTransactionException = new KafkaException("a send had failed");

        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.ABORTED);

        producers.get(0).commitTransactionException = null;
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a");
    }

    @Test
    void producerThatCannotAbortIsReplacedAndTheResultsAreSentAgain() {
        finish("a");
        committer.open();
        producers.get(0).sendOffsetsToTransactionException = new ProducerFencedException("fenced");
        producers.get(0).abortTransactionException = new ProducerFencedException("fenced");

        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.ABORTED);
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);

        assertThat(producers).hasSize(2);
        assertThat(producers.get(0).closed()).isTrue();
        assertThat(values(producers.get(1))).containsExactly("a");
    }

    @Test
    void producerThatDoesNotOpenIsTriedAgain() {
        finish("a");
        initFailures.add(new TimeoutException("no coordinator"));
        initFailures.add(new IllegalStateException("odd"));

        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.ABORTED);
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.ABORTED);
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);

        assertThat(producers.get(0).closed()).isTrue();
        assertThat(producers.get(1).closed()).isTrue();
    }

    @Test
    void commitWithoutAnAnswerThatWasWrittenIsNotSentAgain() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> offsets = commitWithoutAnAnswer(new TimeoutException("slow"));
        finish("b");
        assertThat(committer.pending()).isEqualTo(2);
        assertThat(committer.commit(offsets(), MEMBER)).as("still in doubt").isEqualTo(Result.IN_DOUBT);

        assertThat(committer.resolve(which -> offsets)).isTrue();

        assertThat(committer.pending()).isEqualTo(1);
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);
        assertThat(values(producers.get(1))).containsExactly("b");
    }

    @Test
    void commitWithoutAnAnswerThatWasNotWrittenIsSentAgain() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> before = offsets();
        commitWithoutAnAnswer(new TimeoutException("slow"));
        finish("b");

        assertThat(committer.resolve(which -> before)).isTrue();

        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);
        assertThat(values(producers.get(1))).containsExactly("a", "b");
    }

    @Test
    void groupWithoutACommitWasNotWritten() {
        finish("a");
        commitWithoutAnAnswer(new TimeoutException("slow"));
        Map<TopicPartition, OffsetAndMetadata> none = new HashMap<>();
        none.put(PARTITION, null);

        assertThat(committer.resolve(which -> none)).isTrue();

        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);
        assertThat(values(producers.get(1))).containsExactly("a");
    }

    /** The first answer may be lost and its repetition refused: that proves nothing about the commit itself. */
    @Test
    void refusedCommitThatCannotBeAbortedIsInDoubt() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> offsets =
                commitWithoutAnAnswer(new ProducerFencedException("fenced"), new ProducerFencedException("fenced"));

        assertThat(committer.resolve(which -> offsets)).isTrue();
        assertThat(committer.pending()).isZero();
    }

    @Test
    void interruptedCommitIsInDoubt() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> offsets = commitWithoutAnAnswer(
                new InterruptException("while waiting", new InterruptedException()),
                new IllegalStateException("commit must be retried"));
        boolean unused = Thread.interrupted();

        assertThat(committer.resolve(which -> offsets)).isTrue();
        assertThat(committer.pending()).isZero();
    }

    @Test
    void doubtStaysUntilKafkaAnswers() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> offsets = commitWithoutAnAnswer(new TimeoutException("slow"));
        initFailures.add(new TimeoutException("no coordinator"));

        assertThat(committer.resolve(which -> offsets)).as("no producer").isFalse();
        assertThat(committer.resolve(which -> {
                    throw new TimeoutException("no group coordinator");
                }))
                .isFalse();
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.IN_DOUBT);
        assertThat(committer.resolve(which -> offsets)).isTrue();
        assertThat(committer.pending()).isZero();
    }

    @Test
    void resultsOfLostPartitionsAreDroppedPendingOrInDoubt() {
        finish("a");
        commitWithoutAnAnswer(new TimeoutException("slow"));
        finish("b");
        OffsetTracker other = new OffsetTracker(0, CommitMap.Known.NOTHING);
        committer.add(new Finished(other, List.of(record("c"))));

        committer.dropIf(owner -> owner == tracker);

        assertThat(committer.resolve(which -> Map.of())).isTrue();
        assertThat(committer.commit(offsets(), MEMBER)).isEqualTo(Result.COMMITTED);
        assertThat(values(producers.get(1))).containsExactly("c");
    }

    private Map<TopicPartition, OffsetAndMetadata> commitWithoutAnAnswer(RuntimeException problem) {
        return commitWithoutAnAnswer(problem, null);
    }

    private Map<TopicPartition, OffsetAndMetadata> commitWithoutAnAnswer(
            RuntimeException problem, @Nullable RuntimeException abortProblem) {
        committer.open();
        producers.get(0).commitTransactionException = problem;
        producers.get(0).abortTransactionException = abortProblem;
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
        assertThat(committer.commit(offsets, MEMBER)).isEqualTo(Result.IN_DOUBT);
        assertThat(producers.get(0).closed()).isTrue();
        return offsets;
    }

    private void finish(String value) {
        tracker.register(tracker.next(), 0).complete();
        committer.add(new Finished(tracker, List.of(record(value))));
    }

    private static ProducerRecord<byte[], byte[]> record(String value) {
        return new ProducerRecord<>("rows", 0, new byte[0], value.getBytes(UTF_8));
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        String map = CommitMap.write(Uuid.ZERO_UUID, ++commitNumber, tracker);
        return Map.of(PARTITION, new OffsetAndMetadata(tracker.lowWaterMark(), map));
    }

    /** Kafka means to make it an interface; until then there is no other way to one. */
    @SuppressWarnings("removal")
    private static ConsumerGroupMetadata member(int generation, String id) {
        return new ConsumerGroupMetadata("group", generation, id, Optional.empty());
    }

    private static List<String> values(MockProducer<byte[], byte[]> producer) {
        return producer.history().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
