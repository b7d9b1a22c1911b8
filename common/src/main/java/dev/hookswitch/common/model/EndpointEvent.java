package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code endpoint-events}: what an endpoint's owner should be told of. Flat, without payload, keyed
 * {@code tenant/webhook_id}. The attempt that it follows from is named in it.
 *
 * @param id a function of type and attempt, so that a repetition can be told; sorts by time as text
 * @param type what happened
 * @param tenant who owns the endpoint
 * @param webhookId the endpoint's id
 * @param profile the profile that the attempt was made under
 * @param activation the enabling that the attempt was made under
 * @param occurredAtMs when that attempt ended, epoch milliseconds
 * @param percent which part of the threshold is reached: 50, 70 or 90; null unless failing
 * @param consecutiveFailures how many in a row there are, or were before the success; null unless failing, disabled or
 *     recovered
 * @param threshold how many disable it; null as above
 * @param counting what is counted, {@code attempts} or {@code deliveries}; null as above
 * @param failingSinceMs when the first of these failures happened, epoch milliseconds; null as above
 * @param reason why it was disabled; null unless disabled
 * @param deliveryId whose attempt it was
 * @param eventId the event of that delivery
 * @param eventType its type
 * @param attempts how many POSTs the delivery has had
 * @param result how the attempt ended; null when the row did not say
 * @param httpStatus the status code; null when there was none
 */
public record EndpointEvent(
        String id,
        Type type,
        String tenant,
        String webhookId,
        String profile,
        long activation,
        long occurredAtMs,
        @Nullable Integer percent,
        @Nullable Integer consecutiveFailures,
        @Nullable Integer threshold,
        @Nullable String counting,
        @Nullable Long failingSinceMs,
        @Nullable String reason,
        String deliveryId,
        String eventId,
        String eventType,
        int attempts,
        @Nullable AttemptResult result,
        @Nullable Integer httpStatus) {

    /** What may happen; the wire name is part of the contract with readers. */
    public enum Type {
        /** Its failures in a row have come to half the threshold, to 70 or to 90 percent. */
        @JsonProperty("endpoint.failing")
        ENDPOINT_FAILING,
        /** It is sent nothing more until it is enabled again. */
        @JsonProperty("endpoint.disabled")
        ENDPOINT_DISABLED,
        /** It takes deliveries again, after a warning. */
        @JsonProperty("endpoint.recovered")
        ENDPOINT_RECOVERED,
        /** It had been disabled and was enabled again: the first attempt since. */
        @JsonProperty("endpoint.enabled")
        ENDPOINT_ENABLED,
        /** A delivery ended as failed: no attempt is left. */
        @JsonProperty("delivery.failed")
        DELIVERY_FAILED,
        @JsonEnumDefaultValue
        @JsonProperty("unknown")
        UNKNOWN;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }

        /** The type of that wire name, by which an endpoint can ask for such events. */
        public static Optional<Type> named(String wireName) {
            return Arrays.stream(values())
                    .filter(type -> type != UNKNOWN && type.wireName().equals(wireName))
                    .findFirst();
        }
    }

    private static final String ID_PREFIX = "oev_";

    public EndpointEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(webhookId, "webhook_id");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(deliveryId, "delivery_id");
    }

    /** The id of what follows from an attempt: {@code oev_} and a hash; no attempt is followed by two of a type. */
    public static String id(Type type, AttemptRow cause) {
        return SortableId.of(
                ID_PREFIX,
                cause.endedAtMs(),
                type.wireName(),
                cause.tenant(),
                cause.webhookId(),
                cause.deliveryId(),
                Integer.toString(cause.attempt()),
                Long.toString(cause.startedAtMs()));
    }

    /** Whether an event is such a one, told to an endpoint that asked for it; by its id and type. */
    public static boolean isToldBy(String eventId, String eventType) {
        return eventId.startsWith(ID_PREFIX) && Type.named(eventType).isPresent();
    }

    public EndpointId endpoint() {
        return new EndpointId(tenant, webhookId);
    }
}
