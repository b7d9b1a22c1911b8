package dev.hookswitch.ingest;

import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Takes one event or a batch of them: reads, checks, writes to Kafka as they came. All of a batch, or none. */
final class EventIntake {
    /** Read and dropped after a body that is too large, so that its sender gets to see the answer. */
    private static final int DROPPED_BYTES = 1_048_576;

    private final BodyLimits limits;
    private final BodyReader reader;
    private final HeldBytes held;
    private final Screening screening;
    private final EventPublisher publisher;

    EventIntake(BodyLimits limits, Door door, EventPublisher publisher, IngestMetrics metrics) {
        this.limits = limits;
        this.reader = new BodyReader(limits.timeout(), System::nanoTime);
        this.held = new HeldBytes(limits.maxHeldBytes());
        this.screening = new Screening(new EventParser(limits.maxEventBytes()), door);
        this.publisher = publisher;
        metrics.watchHeld(held::held);
    }

    /**
     * Takes what the body holds.
     *
     * @param declaredBytes how large the body says it is; -1 when it does not
     * @param caller who sends it
     * @throws BodyReader.TooSlow when it takes too long to come
     * @throws IOException when it cannot be read
     */
    Answer take(InputStream body, long declaredBytes, Caller caller) throws IOException {
        int most = limits.maxBodyBytes();
        if (declaredBytes > most) {
            reader.drop(body, DROPPED_BYTES);
            return tooLarge();
        }
        Optional<HeldBytes.Hold> room = held.tryHold(declaredBytes < 0 ? most : (int) declaredBytes);
        if (room.isEmpty()) {
            return Answer.retryLater(
                    "overloaded", "the requests under way hold as much as they may; nothing was taken", 1);
        }
        try {
            byte[] bytes = reader.read(body, most + 1);
            if (bytes.length > most) {
                reader.drop(body, DROPPED_BYTES);
                return tooLarge();
            }
            return take(Submission.of(bytes, limits.maxBatchEvents()), caller);
        } finally {
            room.get().close();
        }
    }

    private Answer tooLarge() {
        return Answer.refused(new Problem(
                Problem.Reason.TOO_LARGE,
                "",
                "the body must have at most " + limits.maxBodyBytes()
                        + " bytes (events.max-bytes, ingest.batch.max-bytes)"));
    }

    private Answer take(Submission submission, Caller caller) {
        if (submission instanceof Submission.Unreadable unreadable) {
            return Answer.refused(unreadable.problem());
        }
        Submission.Events events = (Submission.Events) submission;
        Screening.Result result = screening.screen(events, caller);
        return result instanceof Screening.Good good
                ? publish(good.events(), events.batch())
                : ((Screening.Bad) result).answer();
    }

    private Answer publish(List<Incoming> events, boolean batch) {
        return switch (publisher.publish(events)) {
            case ACKNOWLEDGED ->
                new Answer.Accepted(
                        events.stream().map(incoming -> incoming.event().id()).toList(), batch);
            case TOO_LARGE ->
                Answer.refused(new Problem(
                        Problem.Reason.TOO_LARGE,
                        "",
                        "Kafka refused an event for its size; of a batch, the others may or may not be taken"));
            case OVERLOADED ->
                Answer.retryLater("overloaded", "too many requests wait for Kafka; nothing was taken", 1);
            case UNAVAILABLE ->
                Answer.retryLater(
                        "unavailable",
                        "Kafka did not acknowledge everything: what was sent may or may not be taken; send it again with"
                                + " the same ids, which makes no second delivery",
                        5);
        };
    }
}
