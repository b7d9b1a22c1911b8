package dev.hookswitch.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.profile.Profiles;
import java.util.List;
import java.util.Objects;

/** Events of the vendors, and the bodies that their pages promise for them. */
final class Events {
    static final String WORKSPACE = "{\"id\":7,\"name\":\"Acme\"}";
    private static final String AT = "2026-01-15T14:30:00Z";

    private static final Profiles PROFILES = Profiles.builtIn();

    private Events() {}

    static List<String> types(String vendor) {
        LoadedProfile loaded = PROFILES.get(vendor);
        return Objects.requireNonNull(loaded.profile().eventTypes()).stream()
                .map(Profile.EventType::type)
                .toList();
    }

    /** The record's value, spaced and with {@code data} first, so that nothing passes by chance. */
    static String event(String vendor, String id, String type, String tenant) {
        String workspace = vendor.equals("ring-tonic") ? ", \"workspace\" : " + WORKSPACE : "";
        return "{ \"data\" : " + sample(vendor, type).toPrettyString() + workspace + ", \"occurred_at\" : \"" + AT
                + "\", \"tenant\" : \"" + tenant + "\", \"type\" : \"" + type + "\", \"id\" : \"" + id + "\" }";
    }

    /** Ringyo's body, compact, its fields in the page's order. */
    static String ringyoBody(String type, String webhookId) {
        return "{\"event\":\"" + type + "\",\"timestamp\":\"" + AT + "\",\"webhook_id\":\"" + webhookId + "\",\"data\":"
                + javascript(sample("ringyo", type)) + "}";
    }

    /** Ring Tonic's body, compact, its fields in the page's order. */
    static String ringTonicBody(String type) {
        return "{\"event\":\"" + type + "\",\"created_at\":\"2026-01-15T14:30:00+00:00\",\"workspace\":" + WORKSPACE
                + ",\"data\":" + javascript(sample("ring-tonic", type)) + "}";
    }

    private static JsonNode sample(String vendor, String type) {
        return PROFILES.get(vendor).sample(type).orElseThrow();
    }

    /** As JavaScript prints it: whole numbers without a point. The samples hold nothing else that differs. */
    private static String javascript(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (var field : object.properties()) {
                JsonNode value = field.getValue();
                if (value.isDouble() && value.doubleValue() == Math.rint(value.doubleValue())) {
                    field.setValue(LongNode.valueOf(value.longValue()));
                } else {
                    String unused = javascript(value);
                }
            }
        }
        return node.toString();
    }
}
