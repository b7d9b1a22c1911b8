package dev.hookswitch.console.api;

import dev.hookswitch.console.changes.ChangesRefused;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.log.LogUnavailable;
import dev.hookswitch.console.recovery.RecoveryRefused;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** What went wrong below the API, as it is answered. */
final class Problems {
    private static final String MAYBE =
            "Kafka did not answer; the change may or may not be made: repeat the request with the same Idempotency-Key";

    private Problems() {}

    /** The answer; empty for a fault of ours. */
    static Optional<ApiError> of(Exception e) {
        if (e instanceof ApiError error) {
            return Optional.of(error);
        }
        if (e instanceof InvalidEndpoint invalid) {
            return Optional.of(of(invalid));
        }
        if (e instanceof RecoveryRefused refused) {
            return Optional.of(of(refused));
        }
        if (e instanceof LogUnavailable unavailable) {
            return Optional.of(ApiError.later(String.valueOf(e.getMessage()), (int)
                    Math.max(1, unavailable.retryAfter().toSeconds())));
        }
        if (e instanceof ChangesRefused) {
            return Optional.of(new ApiError(409, "concurrent_changes", String.valueOf(e.getMessage())));
        }
        if (e instanceof KafkaException || e instanceof IllegalStateException) {
            return Optional.of(ApiError.later(MAYBE, 5));
        }
        return Optional.empty();
    }

    private static ApiError of(InvalidEndpoint invalid) {
        int status = switch (invalid.code()) {
            case WEBHOOK_NOT_FOUND -> 404;
            case REVISION_MISMATCH -> 412;
            case ENDPOINT_DISABLED, WEBHOOK_LIMIT_REACHED, ROTATION_PENDING, NO_ROTATION, ROTATION_NOT_SUPPORTED -> 409;
            case INVALID_TENANT,
                    INVALID_PROFILE,
                    INVALID_NAME,
                    INVALID_URL,
                    INVALID_EVENTS,
                    INVALID_SECRET,
                    INVALID_MAX_PER_SECOND,
                    INVALID_RETRY_DELAYS,
                    INVALID_METADATA,
                    INVALID_EVENT,
                    EVENT_NOT_SUBSCRIBED,
                    IDEMPOTENCY_KEY_REUSED -> 422;
        };
        String message = String.valueOf(invalid.getMessage());
        // What commands call its name is its description here.
        return invalid.code() == InvalidEndpoint.Code.INVALID_NAME
                ? ApiError.field(status, "invalid_description", "description", message.replace("name", "description"))
                : ApiError.field(status, invalid.code().wireName(), invalid.field(), message);
    }

    private static ApiError of(RecoveryRefused refused) {
        int status = switch (refused.code()) {
            case INVALID_PER_SECOND, INVALID_SINCE, EVENT_UNFIT, TOO_MANY -> 422;
            case DELIVERY_NOT_FOUND, NO_RECOVERY -> 404;
            case PAYLOAD_GONE -> 410;
            case ENDPOINT_DISABLED, RECOVERY_UNFINISHED, TAKEN_OVER, UNKNOWN_PROFILE -> 409;
        };
        return new ApiError(
                status, refused.code().wireName(), String.valueOf(refused.getMessage()), Map.of(), Map.of());
    }
}
