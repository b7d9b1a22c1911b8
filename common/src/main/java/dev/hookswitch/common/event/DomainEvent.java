package dev.hookswitch.common.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a tenant's telephony, checked, with its JSON parts in stable form.
 *
 * @param id unique for the tenant
 * @param type for instance {@code call.completed}
 * @param tenant whose event it is
 * @param occurredAt when it happened
 * @param aboutEndpoint the webhook id of the endpoint that it tells of; null for what happened in telephony. Such an event
 *     goes to endpoints of the tenant that name its type, and never to the one that it tells of
 * @param workspaceJson stable JSON of the workspace object, or null
 * @param dataJson stable JSON of the data object; not to be changed
 * @param unstableNumbers how many numbers in it no JavaScript reader would write back as they are
 */
// The arrays are the bytes to send, shared on purpose: a copy for each endpoint would be waste.
public record DomainEvent(
        String id,
        String type,
        String tenant,
        Instant occurredAt,
        @Nullable String aboutEndpoint,
        byte @Nullable [] workspaceJson,
        byte[] dataJson,
        int unstableNumbers) {

    /** Whether the other one says the same in all that is delivered, ids and tenants aside. */
    public boolean saysTheSameAs(DomainEvent other) {
        return type.equals(other.type)
                && occurredAt.toEpochMilli() == other.occurredAt.toEpochMilli()
                && Objects.equals(aboutEndpoint, other.aboutEndpoint)
                && Arrays.equals(workspaceJson, other.workspaceJson)
                && Arrays.equals(dataJson, other.dataJson);
    }
}
