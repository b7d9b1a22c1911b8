package dev.hookswitch.dispatcher.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicLayout;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes the records that say what became of a delivery, each in the delivery's own partition. Pure. */
final class LaneRecords {
    /** The topics take 2 MiB for a batch: this leaves room for the headers. More could never be put off to a tier. */
    static final int MAX_BODY_BYTES = 2 * 1024 * 1024 - 64 * 1024;

    private static final int MAX_KEPT_HEADER_BYTES = 32 * 1024;
    private static final int MAX_MESSAGE_CHARS = 1_000;

    private final TopicLayout topics;
    private final String instance;

    LaneRecords(TopicLayout topics, String instance) {
        this.topics = topics;
        this.instance = instance;
    }

    /**
     * An attempt as it went.
     *
     * @param activation the subscription's at the time of sending
     * @param startedAtMs epoch milliseconds
     */
    record Attempt(
            long activation,
            int maxAttempts,
            AttemptResult result,
            @Nullable Integer status,
            long startedAtMs,
            long durationMs) {}

    ProducerRecord<byte[], byte[]> attempt(
            int partition,
            Delivery delivery,
            Delivery.Origin origin,
            Attempt attempt,
            AttemptRow.Decision decision,
            @Nullable Tier next) {
        return row(
                topics.deliveryAttempts(),
                partition,
                delivery,
                Wire.write(new AttemptRow(
                        AttemptRow.Kind.ATTEMPT,
                        delivery.id(),
                        delivery.eventId(),
                        delivery.eventType(),
                        delivery.endpoint().tenant(),
                        delivery.endpoint().webhookId(),
                        delivery.profile(),
                        attempt.activation(),
                        delivery.attempt(),
                        attempt.maxAttempts(),
                        attempt.result(),
                        attempt.status(),
                        decision,
                        next == null ? null : next.name(),
                        attempt.startedAtMs(),
                        attempt.durationMs(),
                        delivery.test(),
                        delivery.occurredAtMs(),
                        origin.partition(),
                        origin.offset(),
                        delivery.eventsPartition(),
                        delivery.eventsOffset(),
                        instance,
                        delivery.recoveryId())));
    }

    /** A deferral: no POST was made and no attempt spent. */
    ProducerRecord<byte[], byte[]> deferral(
            int partition, Delivery delivery, Delivery.Origin origin, Deferral why, Tier tier, long nowMs) {
        return row(
                topics.deliveryAttempts(),
                partition,
                delivery,
                Wire.write(new AttemptRow(
                        AttemptRow.Kind.DEFERRAL,
                        delivery.id(),
                        delivery.eventId(),
                        delivery.eventType(),
                        delivery.endpoint().tenant(),
                        delivery.endpoint().webhookId(),
                        delivery.profile(),
                        delivery.activation(),
                        delivery.attempt(),
                        null,
                        why == Deferral.INTERNAL ? AttemptResult.INTERNAL : null,
                        null,
                        AttemptRow.Decision.DEFERRED,
                        tier.name(),
                        nowMs,
                        0,
                        delivery.test(),
                        delivery.occurredAtMs(),
                        origin.partition(),
                        origin.offset(),
                        delivery.eventsPartition(),
                        delivery.eventsOffset(),
                        instance,
                        delivery.recoveryId())));
    }

    ProducerRecord<byte[], byte[]> outcome(
            int partition,
            Delivery delivery,
            Delivery.Origin origin,
            OutcomeRow.Outcome outcome,
            String reason,
            int attempts,
            @Nullable Integer status,
            long nowMs) {
        return row(
                topics.deliveryOutcomes(),
                partition,
                delivery,
                Wire.write(new OutcomeRow(
                        delivery.id(),
                        delivery.eventId(),
                        delivery.eventType(),
                        delivery.endpoint().tenant(),
                        delivery.endpoint().webhookId(),
                        delivery.profile(),
                        outcome,
                        reason,
                        attempts,
                        status,
                        delivery.occurredAtMs(),
                        nowMs,
                        delivery.test(),
                        origin.partition(),
                        origin.offset(),
                        delivery.eventsPartition(),
                        delivery.eventsOffset(),
                        delivery.recoveryId())));
    }

    /** The delivery itself, on its way to a tier. */
    ProducerRecord<byte[], byte[]> waiting(int partition, Delivery next, byte[] body, Tier tier) {
        return new ProducerRecord<>(tier.topic(), partition, key(next), body, DeliveryHeaders.write(next));
    }

    /** A record that is not a delivery, as it came; without its bytes when there would be no room for them. */
    ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> record, String problem, long nowMs) {
        byte[] value = record.value();
        boolean fits = record.serializedKeySize() + record.serializedValueSize() <= MAX_BODY_BYTES
                && headerBytes(record) <= MAX_KEPT_HEADER_BYTES;
        RecordHeaders headers = fits ? new RecordHeaders(record.headers().toArray()) : new RecordHeaders();
        headers.add("hs-reason", "invalid_delivery".getBytes(UTF_8));
        headers.add("hs-pointer", new byte[0]);
        headers.add("hs-message", shortened(problem).getBytes(UTF_8));
        headers.add("hs-source", (record.topic() + ":" + record.partition() + ":" + record.offset()).getBytes(UTF_8));
        headers.add("hs-failed-at-ms", Long.toString(nowMs).getBytes(UTF_8));
        if (!fits) {
            long bytes = (long) record.serializedKeySize() + record.serializedValueSize() + headerBytes(record);
            headers.add("hs-omitted-bytes", Long.toString(bytes).getBytes(UTF_8));
        }
        return new ProducerRecord<>(
                topics.deadLetters(), null, fits ? record.key() : null, fits ? value : null, headers);
    }

    private static long headerBytes(ConsumerRecord<byte[], byte[]> record) {
        long bytes = 0;
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    private static String shortened(String problem) {
        return problem.length() <= MAX_MESSAGE_CHARS ? problem : problem.substring(0, MAX_MESSAGE_CHARS) + "...";
    }

    private static ProducerRecord<byte[], byte[]> row(String topic, int partition, Delivery delivery, byte[] row) {
        return new ProducerRecord<>(topic, partition, key(delivery), row);
    }

    private static byte[] key(Delivery delivery) {
        return delivery.endpoint().webhookId().getBytes(UTF_8);
    }
}
