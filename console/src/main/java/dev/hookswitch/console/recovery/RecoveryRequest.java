package dev.hookswitch.console.recovery;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import java.time.Instant;
import java.util.Objects;

/**
 * What is to be put once more.
 *
 * @param endpoint whose
 * @param kind deliveries that ended without success, or events of which the endpoint has no delivery
 * @param since deliveries that ended then or later, or events that came into Kafka then or later
 */
public record RecoveryRequest(EndpointId endpoint, RecoveryRow.Kind kind, Instant since) {
    public RecoveryRequest {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(since, "since");
        if (kind == RecoveryRow.Kind.UNKNOWN) {
            throw new IllegalArgumentException("kind must be undelivered or missed");
        }
    }

    /** What that recovery was begun for. */
    static RecoveryRequest of(RecoveryRow row) {
        return new RecoveryRequest(row.endpoint(), row.kind(), Instant.ofEpochMilli(row.sinceMs()));
    }
}
