package dev.hookswitch.common.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code audit}: who changed what. Written in one transaction with the change. Holds no secret, no key and no
 * payload.
 *
 * @param auditId names the row; sorts by time
 * @param atMs when, epoch milliseconds
 * @param actor who, see {@link Actor}
 * @param action what was done
 * @param tenant whose it is; {@code *} for every tenant's
 * @param subject id of what was changed: the tenant, the key or the endpoint
 * @param revision of the subject after the change
 * @param details the fields that were set, as text
 * @param requestId the request that asked for it; null when none did
 */
public record AuditRow(
        String auditId,
        long atMs,
        String actor,
        Action action,
        String tenant,
        String subject,
        long revision,
        Map<String, String> details,
        @Nullable String requestId) {
    private static final String ID_PREFIX = "aud_";

    /** What may be done; the wire name is part of the contract with readers. */
    public enum Action {
        @JsonProperty("tenant.created")
        TENANT_CREATED,
        @JsonProperty("tenant.updated")
        TENANT_UPDATED,
        @JsonProperty("key.created")
        KEY_CREATED,
        @JsonProperty("key.revoked")
        KEY_REVOKED,
        @JsonProperty("endpoint.created")
        ENDPOINT_CREATED,
        @JsonProperty("endpoint.updated")
        ENDPOINT_UPDATED,
        @JsonProperty("endpoint.deleted")
        ENDPOINT_DELETED,
        @JsonProperty("secret.rotated")
        SECRET_ROTATED,
        @JsonProperty("secret.activated")
        SECRET_ACTIVATED,
        @JsonProperty("secret.retired")
        SECRET_RETIRED,
        @JsonProperty("secret.regenerated")
        SECRET_REGENERATED,
        @JsonProperty("secret.resealed")
        SECRET_RESEALED,
        @JsonProperty("delivery.retried")
        DELIVERY_RETRIED,
        @JsonProperty("test.sent")
        TEST_SENT,
        @JsonProperty("recovery.begun")
        RECOVERY_BEGUN,
        @JsonProperty("recovery.cancelled")
        RECOVERY_CANCELLED,
        @JsonEnumDefaultValue
        @JsonProperty("unknown")
        UNKNOWN
    }

    /**
     * Who asks for a change.
     *
     * @param name {@code operator:} and a user's name, {@code standalone}, or {@code key:} and a key id
     * @param requestId the request that says so; null when there is none
     */
    public record Actor(String name, @Nullable String requestId) {
        public Actor {
            Objects.requireNonNull(name, "actor");
        }
    }

    public AuditRow {
        Objects.requireNonNull(auditId, "audit_id");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(subject, "subject");
        // In the order of their names, so that the same row has the same bytes.
        details = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNull(details, "details")));
    }

    /** A row with its id, which is a function of time, subject and revision. */
    public static AuditRow of(
            long atMs,
            Actor actor,
            Action action,
            String tenant,
            String subject,
            long revision,
            Map<String, String> details) {
        return new AuditRow(
                SortableId.of(ID_PREFIX, atMs, action.name(), tenant, subject, Long.toString(revision)),
                atMs,
                actor.name(),
                action,
                tenant,
                subject,
                revision,
                details,
                actor.requestId());
    }
}
