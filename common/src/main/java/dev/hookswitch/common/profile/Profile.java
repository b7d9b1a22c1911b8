package dev.hookswitch.common.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.signing.SignatureScheme;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's contract with receivers, read from {@code profile.json}.
 *
 * @param name how endpoints refer to it
 * @param title for people
 * @param envelope the fields of the body, in order
 * @param timeFormat a {@link DateTimeFormatter} pattern, applied in UTC
 * @param signature the vendor's own header; null when the Standard Webhooks trio, which every profile sends, is all
 * @param retryDelays the delay before each retry, ascending
 * @param attemptDeadline how long a receiver may take to answer, in all
 * @param disable when an endpoint that keeps failing is disabled
 * @param httpsOnly whether plain http is refused unless the operator opens it
 * @param secretOverlap whether two secrets may sign while rotating
 * @param eventTypes the documented types; null when any type goes
 */
public record Profile(
        String name,
        String title,
        List<EnvelopeField> envelope,
        String timeFormat,
        @Nullable SignatureScheme signature,
        List<Duration> retryDelays,
        Duration attemptDeadline,
        DisableRule disable,
        boolean httpsOnly,
        boolean secretOverlap,
        @Nullable List<EventType> eventTypes) {

    /**
     * One field of the body.
     *
     * @param field its name
     * @param value what it holds
     */
    public record EnvelopeField(String field, EnvelopeValue value) {
        public EnvelopeField {
            required(field, "field");
            required(value, "value");
        }
    }

    /** What a field of the body can hold. */
    public enum EnvelopeValue {
        @JsonProperty("event_type")
        EVENT_TYPE,
        @JsonProperty("occurred_at")
        OCCURRED_AT,
        @JsonProperty("webhook_id")
        WEBHOOK_ID,
        @JsonProperty("workspace")
        WORKSPACE,
        @JsonProperty("data")
        DATA
    }

    /**
     * When an endpoint is disabled.
     *
     * @param after how many consecutive failures disable it
     * @param counting what counts as one failure
     * @param atOnceOnGone whether a 410 disables at once
     */
    public record DisableRule(int after, Counting counting, boolean atOnceOnGone) {
        public DisableRule {
            if (after < 1) {
                throw new IllegalArgumentException("after must be 1 or more, was " + after);
            }
            required(counting, "counting");
        }
    }

    /** What counts as one failure. */
    public enum Counting {
        /** Every failed POST. */
        @JsonProperty("attempts")
        ATTEMPTS,
        /** Every delivery whose retries are exhausted. */
        @JsonProperty("deliveries")
        DELIVERIES
    }

    /**
     * A documented event type.
     *
     * @param type as it stands in bodies
     * @param description for people
     */
    public record EventType(String type, String description) {
        public EventType {
            required(type, "type");
            required(description, "description");
        }
    }

    public Profile {
        required(name, "name");
        required(title, "title");
        envelope = List.copyOf(required(envelope, "envelope"));
        retryDelays = List.copyOf(required(retryDelays, "retry_delays"));
        required(attemptDeadline, "attempt_deadline");
        required(disable, "disable");
        eventTypes = eventTypes == null ? null : List.copyOf(eventTypes);
        formatter(required(timeFormat, "time_format"));
        for (int i = 0; i < retryDelays.size(); i++) {
            Duration before = i == 0 ? Duration.ofMillis(1) : retryDelays.get(i - 1);
            if (retryDelays.get(i).compareTo(before) < 0) {
                throw new IllegalArgumentException("retry_delays must be positive and ascending, was " + retryDelays);
            }
        }
        if (attemptDeadline.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("attempt_deadline must be positive, was " + attemptDeadline);
        }
        if (envelope.stream().noneMatch(field -> field.value() == EnvelopeValue.DATA)) {
            throw new IllegalArgumentException("envelope must have a field for data");
        }
    }

    private static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is required");
        }
        return value;
    }

    /** How many POSTs a delivery gets at the most. */
    public int maxAttempts() {
        return retryDelays.size() + 1;
    }

    /** Whether endpoints of this profile may be sent the type. */
    public boolean knows(String eventType) {
        return eventTypes == null || describe(eventType).isPresent();
    }

    /** Whether an endpoint of this profile that asks for these types gets events of that one. */
    public boolean sends(Set<String> wanted, String eventType) {
        return (wanted.contains(Subscription.EVERY_EVENT) || wanted.contains(eventType)) && knows(eventType);
    }

    /** The documented type of that name. */
    public Optional<EventType> describe(String eventType) {
        return eventTypes == null
                ? Optional.empty()
                : eventTypes.stream().filter(t -> t.type().equals(eventType)).findFirst();
    }

    /** Whether the body carries the event's workspace. */
    public boolean needsWorkspace() {
        return envelope.stream().anyMatch(field -> field.value() == EnvelopeValue.WORKSPACE);
    }

    static DateTimeFormatter formatter(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("time_format must be a pattern for times: " + e.getMessage(), e);
        }
    }
}
