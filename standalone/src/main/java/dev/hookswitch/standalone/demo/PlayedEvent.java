package dev.hookswitch.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * An event that was produced.
 *
 * @param id the event's id
 * @param type its type
 * @param tenant whose it is
 * @param vendor in whose form its data is
 * @param data its data
 * @param documented whether the data is the vendor's documented sample
 */
record PlayedEvent(String id, String type, String tenant, Promise vendor, JsonNode data, boolean documented) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The record's value: Hookswitch's own envelope. */
    byte[] envelope(Instant occurredAt) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("id", id);
        envelope.put("type", type);
        envelope.put("tenant", tenant);
        envelope.put("occurred_at", occurredAt.toString());
        if (vendor == Promise.RING_TONIC) {
            envelope.putObject("workspace")
                    .put("id", Math.floorMod(tenant.hashCode(), 1_000))
                    .put("name", tenant);
        }
        envelope.set("data", data);
        try {
            return JSON.writeValueAsBytes(envelope);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
