package dev.hookswitch.common.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code api-requests}: a request to the management API that made a change, so that a repeat with the same
 * {@code Idempotency-Key} changes nothing and is answered the same. Written in one transaction with the change.
 *
 * @param requestKey names the request: its tenant and the hash of its {@code Idempotency-Key}
 * @param requestHash of what was asked for, SHA-256 in hex
 * @param atMs when, epoch milliseconds
 * @param endpoint as the request left it, its secrets sealed; null when it changed none
 * @param recoveryId the retry or recovery that it began; null for none
 * @param delivery how the delivery that it put once more had ended; null for none
 * @param test the test delivery that it sent; null for none
 */
public record ApiRequestRow(
        String requestKey,
        String requestHash,
        long atMs,
        @Nullable Subscription endpoint,
        @Nullable String recoveryId,
        @Nullable OutcomeRow delivery,
        @Nullable TestDelivery test) {

    /**
     * A test delivery.
     *
     * @param deliveryId its id
     * @param eventType the type of the sample that it carries
     */
    public record TestDelivery(String deliveryId, String eventType) {
        public TestDelivery {
            Objects.requireNonNull(deliveryId, "delivery_id");
            Objects.requireNonNull(eventType, "event_type");
        }
    }

    public ApiRequestRow {
        Objects.requireNonNull(requestKey, "request_key");
        Objects.requireNonNull(requestHash, "request_hash");
    }
}
