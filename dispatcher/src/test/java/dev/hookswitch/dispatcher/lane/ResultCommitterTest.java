package dev.hookswitch.dispatcher.lane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.dispatcher.lane.Transactions.End;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
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
    private final ResultCommitter committer = new ResultCommitter(this::newProducer, new DirectExecutor());
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

        assertThat(commit(offsets, MEMBER)).isEqualTo(End.COMMITTED);

        assertThat(values(producers.get(0))).containsExactly("a", "b");
        assertThat(producers.get(0).consumerGroupOffsetsHistory()).containsExactly(Map.of("group", offsets));
        assertThat(committer.held()).isZero();
    }

    @Test
    void withoutAMemberNothingIsSent() {
        finish("a");

        assertThat(commit(offsets(), member(-1, ""))).isEqualTo(End.ABORTED);
        assertThat(commit(offsets(), member(0, "member-1"))).isEqualTo(End.ABORTED);
        assertThat(commit(offsets(), member(3, ""))).isEqualTo(End.ABORTED);

        assertThat(producers).isEmpty();
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a");
    }

    @Test
    void failedSendAbortsAndKeepsTheResults() {
        finish("a");
        committer.open();
        producers.get(0).sendException = new KafkaException("no");

        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.ABORTED);

        assertThat(producers.get(0).transactionAborted()).isTrue();
        producers.get(0).sendException = null;
        finish("b");
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a", "b");
    }

    @Test
    void refusedOffsetsAbortAndKeepTheResults() {
        finish("a");
        committer.open();
        producers.get(0).sendOffsetsToTransactionException = new KafkaException("stale member epoch");

        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.ABORTED);

        producers.get(0).sendOffsetsToTransactionException = null;
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a");
        assertThat(producers).hasSize(1);
    }

    @Test
    void refusedCommitThatCanBeAbortedKeepsTheResults() {
        finish("a");
        committer.open();
        producers.get(0).commitTransactionException = new KafkaException("a send had failed");

        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.ABORTED);

        producers.get(0).commitTransactionException = null;
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a");
    }

    @Test
    void producerThatCannotAbortIsReplacedAndTheResultsAreSentAgain() {
        finish("a");
        committer.open();
        producers.get(0).sendOffsetsToTransactionException = new ProducerFencedException("fenced");
        producers.get(0).abortTransactionException = new ProducerFencedException("fenced");

        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.ABORTED);
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);

        assertThat(producers).hasSize(2);
        assertThat(producers.get(0).closed()).isTrue();
        assertThat(values(producers.get(1))).containsExactly("a");
    }

    @Test
    void producerThatDoesNotOpenIsTriedAgain() {
        finish("a");
        initFailures.add(new TimeoutException("no coordinator"));
        initFailures.add(new IllegalStateException("odd"));

        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.ABORTED);
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.ABORTED);
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);

        assertThat(producers.get(0).closed()).isTrue();
        assertThat(producers.get(1).closed()).isTrue();
    }

    @Test
    void commitWithoutAnAnswerThatWasWrittenIsNotSentAgain() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> offsets = commitWithoutAnAnswer(new TimeoutException("slow"));
        finish("b");
        assertThat(committer.held()).isEqualTo(2);
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.SETTLED);
        assertThat(producers.get(1).history()).as("the doubt comes first").isEmpty();

        assertThat(resolve(which -> offsets)).isTrue();

        assertThat(committer.held()).isEqualTo(1);
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(1))).containsExactly("b");
    }

    @Test
    void commitWithoutAnAnswerThatWasNotWrittenIsSentAgain() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> before = offsets();
        commitWithoutAnAnswer(new TimeoutException("slow"));
        finish("b");

        assertThat(resolve(which -> before)).isTrue();

        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(1))).containsExactly("a", "b");
    }

    @Test
    void groupWithoutACommitWasNotWritten() {
        finish("a");
        commitWithoutAnAnswer(new TimeoutException("slow"));
        Map<TopicPartition, OffsetAndMetadata> none = new HashMap<>();
        none.put(PARTITION, null);

        assertThat(resolve(which -> none)).isTrue();

        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(1))).containsExactly("a");
    }

    /** The first answer may be lost and its repetition refused: that proves nothing about the commit itself. */
    @Test
    void refusedCommitThatCannotBeAbortedIsInDoubt() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> offsets =
                commitWithoutAnAnswer(new ProducerFencedException("fenced"), new ProducerFencedException("fenced"));

        assertThat(resolve(which -> offsets)).isTrue();
        assertThat(committer.held()).isZero();
    }

    @Test
    void interruptedCommitIsInDoubt() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> offsets = commitWithoutAnAnswer(
                new InterruptException("while waiting", new InterruptedException()),
                new IllegalStateException("commit must be retried"));
        boolean unused = Thread.interrupted();

        assertThat(resolve(which -> offsets)).isTrue();
        assertThat(committer.held()).isZero();
    }

    @Test
    void doubtStaysUntilKafkaAnswers() {
        finish("a");
        Map<TopicPartition, OffsetAndMetadata> offsets = commitWithoutAnAnswer(new TimeoutException("slow"));
        initFailures.add(new TimeoutException("no coordinator"));

        assertThat(resolve(which -> offsets)).as("no producer").isFalse();
        assertThat(resolve(which -> {
                    throw new TimeoutException("no group coordinator");
                }))
                .isFalse();
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.SETTLED);
        assertThat(resolve(which -> offsets)).isTrue();
        assertThat(committer.held()).isZero();
    }

    @Test
    void resultsOfLostPartitionsAreDroppedPendingOrInDoubt() {
        finish("a");
        commitWithoutAnAnswer(new TimeoutException("slow"));
        finish("b");
        OffsetTracker other = new OffsetTracker(0, CommitMap.Known.NOTHING);
        committer.add(new Finished(other, List.of(record("c"))));

        committer.dropIf(owner -> owner == tracker);

        assertThat(resolve(which -> Map.of())).isTrue();
        assertThat(commit(offsets(), MEMBER)).isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(1))).containsExactly("c");
    }

    /** What comes while a transaction runs is for the next one, and what was lost meanwhile does not come back. */
    @Test
    void resultsGoOnComingWhileATransactionRuns() {
        ExecutorService slow = Executors.newSingleThreadExecutor();
        CountDownLatch answer = new CountDownLatch(1);
        ResultCommitter own = new ResultCommitter(this::newProducer, slow);
        own.open();
        slow.execute(() -> awaitQuietly(answer));
        producers.get(0).commitTransactionException = new KafkaException("a send had failed");
        OffsetTracker lost = new OffsetTracker(0, CommitMap.Known.NOTHING);
        own.add(new Finished(lost, List.of(record("lost"))));
        own.add(new Finished(tracker, List.of(record("a"))));

        own.start(offsets(), MEMBER);
        own.add(new Finished(tracker, List.of(record("b"))));
        assertThat(own.poll()).isNull();
        assertThat(own.await(Duration.ofMillis(1))).isNull();
        assertThat(own.held()).isEqualTo(3);
        own.dropIf(owner -> owner == lost);
        answer.countDown();
        assertThat(own.await(Duration.ofSeconds(30)))
                .extracting(ResultCommitter.Ended::end)
                .isEqualTo(End.ABORTED);

        producers.get(0).commitTransactionException = null;
        own.start(offsets(), MEMBER);
        assertThat(own.await(Duration.ofSeconds(30)))
                .extracting(ResultCommitter.Ended::end)
                .isEqualTo(End.COMMITTED);
        assertThat(values(producers.get(0))).containsExactly("a", "b");
        own.close();
        assertThat(producers.get(0).closed()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        assertThat(commit(offsets, MEMBER)).isEqualTo(End.IN_DOUBT);
        assertThat(producers.get(0).closed()).isTrue();
        return offsets;
    }

    private End commit(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        committer.start(offsets, group);
        return requireNonNull(committer.poll()).end();
    }

    /** What a lane does while a commit is in doubt. */
    private boolean resolve(Function<Set<TopicPartition>, Map<TopicPartition, OffsetAndMetadata>> committed) {
        return commit(Map.of(), MEMBER) == End.SETTLED && committer.resolve(committed);
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
