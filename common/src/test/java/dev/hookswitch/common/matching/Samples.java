package dev.hookswitch.common.matching;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.SealedSecret;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profiles;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events, subscriptions and statuses for tests. */
final class Samples {
    static final Profiles PROFILES = Profiles.builtIn();
    static final LoadedProfile RINGYO = PROFILES.get("ringyo");
    static final LoadedProfile RING_TONIC = PROFILES.get("ring-tonic");
    static final LoadedProfile STANDARD = PROFILES.get("standard");
    static final String TENANT = "acme";
    static final String WORKSPACE = "{\"id\":1,\"name\":\"My Workspace\"}";

    private Samples() {}

    /** An event of the tenant "acme" at 2026-01-15T14:30:00Z. */
    static byte[] event(String id, String type, @Nullable String workspace, String data) {
        return event(id, type, TENANT, workspace, data);
    }

    static byte[] event(String id, String type, String tenant, @Nullable String workspace, String data) {
        return ("{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"tenant\":\"" + tenant
                        + "\",\"occurred_at\":\"2026-01-15T14:30:00Z\","
                        + (workspace == null ? "" : "\"workspace\":" + workspace + ",") + "\"data\":" + data + "}")
                .getBytes(UTF_8);
    }

    /** The profile's own sample of that type, with a workspace. */
    static byte[] event(String id, LoadedProfile profile, String type) {
        return event(id, type, WORKSPACE, data(profile, type));
    }

    /** What is told of an endpoint of the tenant "acme". */
    static byte[] about(String webhookId, String type) {
        return ("{\"id\":\"oev_" + webhookId + "\",\"type\":\"" + type
                        + "\",\"tenant\":\"acme\",\"occurred_at\":\"2026-01-15T14:30:00Z\",\"about_endpoint\":\""
                        + webhookId + "\",\"data\":{\"webhook_id\":\"" + webhookId + "\"}}")
                .getBytes(UTF_8);
    }

    static String data(LoadedProfile profile, String type) {
        return profile.sample(type).orElseThrow().toString();
    }

    static DomainEvent parsed(byte[] event) {
        return ((ParsedEvent.Accepted) new EventParser(1 << 20).parse(event)).event();
    }

    static Subscription subscription(String webhookId, LoadedProfile profile, String... events) {
        return subscription(TENANT, webhookId, profile.name(), Set.of(events), true, 1);
    }

    static Subscription subscription(
            String tenant, String webhookId, String profile, Set<String> events, boolean active, long activation) {
        return new Subscription(
                tenant,
                webhookId,
                profile,
                "name",
                "https://receiver.example/" + webhookId,
                events,
                null,
                active,
                activation,
                1,
                List.of(new SealedSecret(1, "k1", "wrapped", "sealed")),
                0,
                0);
    }

    static EndpointStatus disabled(String webhookId, long activation) {
        return status(webhookId, activation, EndpointStatus.State.DISABLED, 10);
    }

    static EndpointStatus status(String webhookId, long activation, EndpointStatus.State state, int failures) {
        return new EndpointStatus(TENANT, webhookId, activation, state, failures, null, 0);
    }
}
