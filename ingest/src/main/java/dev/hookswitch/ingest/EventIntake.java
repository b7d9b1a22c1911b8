package dev.hookswitch.ingest;

import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.access.Refusal;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.event.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

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

    /**
     * Takes the event that this caller sends.
     *
     * @throws IOException when the body cannot be read
     */
    Answer take(InputStream body, Caller caller) throws IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            long unused = body.skip(DROPPED_BYTES);
            return Answer.refused(
                    new Problem(Problem.Reason.TOO_LARGE, "", "the event must have at most " + maxBytes + " bytes"));
        }
        ParsedEvent parsed = parser.parse(bytes);
        if (parsed instanceof ParsedEvent.Refused refused) {
            return Answer.refused(refused.problem());
        }
        DomainEvent event = ((ParsedEvent.Accepted) parsed).event();
        if (!caller.speaksFor(event.tenant())) {
            return Answer.refused(Refusal.WRONG_TENANT, Map.of("pointer", "/tenant"));
        }
        return publish(event, bytes);
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
