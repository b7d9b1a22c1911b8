package dev.hookswitch.benchmarks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.AttemptRow.Kind;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What dispatchers would have written about an endpoint in the last weeks: each delivery an attempt and an outcome, one of two
 * hundred failed, the events of five types in turn.
 *
 * @param endpoint whose deliveries
 * @param until when the last of them was
 * @param span from the first to the last
 * @param deliveries how many
 */
record Past(EndpointId endpoint, Instant until, Duration span, int deliveries) {
    private static final List<String> TYPES =
            List.of("call.initiated", "call.answered", "call.completed", "call.failed", "call.transferred");
    private static final int FAILING = 200;

    /** When the event of a delivery happened. */
    Instant at(int number) {
        return until.minus(span).plusNanos(span.toNanos() / deliveries * (number + 1));
    }

    String id(int number) {
        return DeliveryId.of(endpoint, "evt_" + number, at(number));
    }

    /** Writes it all, in the order in which it happened, with the times at which it did. */
    void write(String bootstrapServers, TopicLayout topics) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "20", "batch.size", "262144");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = endpoint.webhookId().getBytes(UTF_8);
            for (int i = 0; i < deliveries; i++) {
                long ms = at(i).toEpochMilli();
                var unusedAttempt = producer.send(
                        new ProducerRecord<>(topics.deliveryAttempts(), null, ms, key, Wire.write(attempt(i, ms))));
                var unusedOutcome = producer.send(
                        new ProducerRecord<>(topics.deliveryOutcomes(), null, ms, key, Wire.write(outcome(i, ms))));
            }
            producer.flush();
        }
    }

    private static boolean fails(int number) {
        return number % FAILING == 0;
    }

    private static String type(int number) {
        return TYPES.get(number % TYPES.size());
    }

    private AttemptRow attempt(int number, long ms) {
        boolean fails = fails(number);
        return new AttemptRow(
                Kind.ATTEMPT,
                id(number),
                "evt_" + number,
                type(number),
                endpoint.tenant(),
                endpoint.webhookId(),
                "ringyo",
                1,
                fails ? 6 : 1,
                6,
                fails ? AttemptResult.SERVER_ERROR : AttemptResult.SUCCESS,
                fails ? 503 : 200,
                fails ? Decision.EXHAUSTED : Decision.DELIVERED,
                null,
                ms,
                35,
                false,
                ms,
                0,
                number,
                0,
                number,
                "bench",
                null);
    }

    private OutcomeRow outcome(int number, long ms) {
        boolean fails = fails(number);
        return new OutcomeRow(
                id(number),
                "evt_" + number,
                type(number),
                endpoint.tenant(),
                endpoint.webhookId(),
                "ringyo",
                fails ? Outcome.FAILED : Outcome.DELIVERED,
                fails ? "server_error" : "success",
                fails ? 6 : 1,
                fails ? 503 : 200,
                ms,
                ms + 35,
                false,
                0,
                (long) number,
                0,
                number,
                null);
    }
}
