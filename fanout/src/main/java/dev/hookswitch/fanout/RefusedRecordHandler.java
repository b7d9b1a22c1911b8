package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which event a record was made of that Kafka refuses as too large; otherwise as the default. To resume would be
 * of no use: with exactly-once a refused record has spoilt its transaction already (KAFKA-9279). The thread fails, its
 * successor reads the events again and finds the event remembered. Public because Kafka Streams makes the instance.
 */
public final class RefusedRecordHandler extends DefaultProductionExceptionHandler {
    /** In the configuration of Streams: the shared {@link Memory}. */
    static final String MEMORY = "hookswitch.fanout.refused-records";

    private static final Logger LOG = LoggerFactory.getLogger(RefusedRecordHandler.class);

    private @Nullable Memory memory;

    /** What the instances that Streams makes share with the role. */
    record Memory(String eventsTopic, String movedTopic, OversizedEvents events, FanoutMetrics metrics) {}

    /** Called by Kafka Streams. */
    public RefusedRecordHandler() {}

    @Override
    public void configure(Map<String, ?> configs) {
        super.configure(configs);
        memory = (Memory) configs.get(MEMORY);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        Memory shared = memory;
        if (exception instanceof RecordTooLargeException && shared != null) {
            Source source = source(record, shared);
            LOG.error(
                    "record refused as too large topic={} source={}",
                    record.topic(),
                    source == null ? "unknown" : source.text());
            shared.metrics().recordTooLarge(record.topic());
            if (source != null) {
                shared.events().remember(source);
            }
        }
        return super.handleError(context, record, exception);
    }

    /**
     * The event that the record was made of, by its own headers: when the broker refuses it, the context is that of a
     * later event already.
     */
    private static @Nullable Source source(ProducerRecord<byte[], byte[]> record, Memory shared) {
        if (record.topic().equals(shared.movedTopic())) {
            return MovedEvents.source(record.headers(), shared.eventsTopic());
        }
        Header deadLetter = record.headers().lastHeader(DeadLetters.SOURCE);
        if (deadLetter != null) {
            return Source.parse(new String(deadLetter.value(), UTF_8));
        }
        try {
            Delivery delivery = DeliveryHeaders.read(record.headers());
            return new Source(shared.eventsTopic(), delivery.eventsPartition(), delivery.eventsOffset());
        } catch (IllegalArgumentException e) {
            // An outcome: tells in its value only, and is never near the limit.
            return null;
        }
    }
}
