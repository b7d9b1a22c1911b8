package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.matching.Endpoint;
import dev.hookswitch.common.matching.Verdict;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profile.EnvelopeValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes the records that follow from an accepted event. They carry the time at which they are made, not the event's: else
 * the retention of an old event would take its deliveries before they are sent.
 */
final class DeliveryRecords {
    private final DomainEvent event;
    private final Source source;
    private final long nowMs;

    DeliveryRecords(DomainEvent event, Source source, long nowMs) {
        this.event = event;
        this.source = source;
        this.nowMs = nowMs;
    }

    /** One delivery for each endpoint. */
    List<Record<byte[], byte[]>> deliveries(List<Endpoint> endpoints) {
        Map<LoadedProfile, byte[]> shared = new HashMap<>();
        List<Record<byte[], byte[]>> records = new ArrayList<>(endpoints.size());
        for (Endpoint endpoint : endpoints) {
            byte[] body = namesEndpoint(endpoint.profile())
                    ? body(endpoint)
                    : shared.computeIfAbsent(endpoint.profile(), profile -> body(endpoint));
            records.add(new Record<>(key(endpoint), body, nowMs, DeliveryHeaders.write(delivery(endpoint))));
        }
        return records;
    }

    /** One outcome for each endpoint that does not get the event. */
    List<Record<byte[], byte[]>> outcomes(List<Verdict.Skip> skipped) {
        List<Record<byte[], byte[]>> records = new ArrayList<>(skipped.size());
        for (Verdict.Skip skip : skipped) {
            records.add(new Record<>(key(skip.endpoint()), Wire.write(row(skip)), nowMs));
        }
        return records;
    }

    private byte[] body(Endpoint endpoint) {
        return endpoint.profile().body(event, endpoint.id().webhookId());
    }

    private static boolean namesEndpoint(LoadedProfile profile) {
        return profile.profile().envelope().stream().anyMatch(field -> field.value() == EnvelopeValue.WEBHOOK_ID);
    }

    private static byte[] key(Endpoint endpoint) {
        return endpoint.id().webhookId().getBytes(UTF_8);
    }

    private String id(Endpoint endpoint) {
        return DeliveryId.of(endpoint.id(), event.id(), event.occurredAt());
    }

    private Delivery delivery(Endpoint endpoint) {
        return Delivery.of(
                endpoint.id(),
                event,
                endpoint.profile().name(),
                new Delivery.EventAt(source.partition(), source.offset()),
                endpoint.activation());
    }

    private OutcomeRow row(Verdict.Skip skip) {
        Endpoint endpoint = skip.endpoint();
        return new OutcomeRow(
                id(endpoint),
                event.id(),
                event.type(),
                endpoint.id().tenant(),
                endpoint.id().webhookId(),
                endpoint.profile().name(),
                OutcomeRow.Outcome.SKIPPED,
                skip.reason(),
                0,
                null,
                event.occurredAt().toEpochMilli(),
                nowMs,
                false,
                null,
                null,
                source.partition(),
                source.offset(),
                null);
    }
}
