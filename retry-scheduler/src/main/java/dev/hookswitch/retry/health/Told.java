package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint event as an event of its tenant, in the envelope of {@code events}, from which the fan-out makes webhooks for
 * the endpoints that asked for it.
 */
record Told(String id, String type, String tenant, String occurredAt, String aboutEndpoint, Data data) {

    /** What the webhooks carry. */
    private record Data(
            String webhookId,
            @Nullable Integer percent,
            @Nullable Integer consecutiveFailures,
            @Nullable Integer threshold,
            @Nullable String counting,
            @Nullable String failingSince,
            @Nullable String reason,
            String deliveryId,
            String eventId,
            String eventType,
            int attempts,
            @Nullable AttemptResult result,
            @Nullable Integer httpStatus) {}

    /**
     * Whether it is told at all. What follows from the delivery of such a webhook is not, except what an endpoint cannot
     * come to twice without being enabled in between: else two endpoints that watch each other could go on for ever.
     */
    static boolean isFor(EndpointEvent event) {
        return switch (event.type()) {
            case ENDPOINT_DISABLED, ENDPOINT_ENABLED -> true;
            case ENDPOINT_FAILING, ENDPOINT_RECOVERED, DELIVERY_FAILED ->
                !EndpointEvent.isToldBy(event.eventId(), event.eventType());
            case UNKNOWN -> false;
        };
    }

    static byte[] write(EndpointEvent event) {
        Long failingSinceMs = event.failingSinceMs();
        return Wire.write(new Told(
                event.id(),
                event.type().wireName(),
                event.tenant(),
                Instant.ofEpochMilli(event.occurredAtMs()).toString(),
                event.webhookId(),
                new Data(
                        event.webhookId(),
                        event.percent(),
                        event.consecutiveFailures(),
                        event.threshold(),
                        event.counting(),
                        failingSinceMs == null
                                ? null
                                : Instant.ofEpochMilli(failingSinceMs).toString(),
                        event.reason(),
                        event.deliveryId(),
                        event.eventId(),
                        event.eventType(),
                        event.attempts(),
                        event.result(),
                        event.httpStatus())));
    }
}
