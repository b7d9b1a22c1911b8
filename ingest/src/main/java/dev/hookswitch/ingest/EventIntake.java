package dev.hookswitch.ingest;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.event.Problem;
import java.io.IOException;
import java.io.InputStream;

/** Takes one event: reads it, checks it, writes it to Kafka as it came. */
final class EventIntake {
    /** Read and dropped after an event that is too large, so that its sender gets to see the answer. */
    private static final long DROPPED_BYTES = 1_048_576;

    private final int maxBytes;
    private final EventParser parser;
    private final EventPublisher publisher;

    EventIntake(int maxBytes, EventPublisher publisher) {
        this.maxBytes = maxBytes;
        this.parser = new EventParser(maxBytes);
        this.publisher = publisher;
    }

    /** @throws IOException when the body cannot be read */
    Answer take(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            long unused = body.skip(DROPPED_BYTES);
            return Answer.refused(
                    new Problem(Problem.Reason.TOO_LARGE, "", "the event must have at most " + maxBytes + " bytes"));
        }
        ParsedEvent parsed = parser.parse(bytes);
        return parsed instanceof ParsedEvent.Accepted accepted
                ? publish(accepted.event(), bytes)
                : Answer.refused(((ParsedEvent.Refused) parsed).problem());
    }

    private Answer publish(DomainEvent event, byte[] bytes) {
        return switch (publisher.publish(event.tenant(), bytes)) {
            case ACKNOWLEDGED -> new Answer.Accepted(event.id());
            case TOO_LARGE ->
                Answer.refused(new Problem(
                        Problem.Reason.TOO_LARGE, "", "Kafka refused the event, whose size is " + bytes.length));
            case OVERLOADED ->
                Answer.retryLater("overloaded", "too many requests wait for Kafka; the event was not taken", 1);
            case UNAVAILABLE ->
                Answer.retryLater(
                        "unavailable",
                        "Kafka did not acknowledge the event, which may or may not be taken; send it again with the same id",
                        5);
        };
    }
}
