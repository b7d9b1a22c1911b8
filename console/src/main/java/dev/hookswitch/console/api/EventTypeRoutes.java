package dev.hookswitch.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profile.EventType;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.console.sample.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an endpoint may ask for, with schemas and complete samples. */
final class EventTypeRoutes {
    static final String TYPES = "/v1/event-types";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant SAMPLE_TIME = Instant.parse("2026-01-15T14:30:00Z");
    private static final String SAMPLE_WEBHOOK = "wh_abc123";

    private final Profiles profiles;
    private final Samples samples;

    EventTypeRoutes(Profiles profiles) {
        this.profiles = profiles;
        this.samples = new Samples(profiles);
    }

    void addTo(Routes routes) {
        routes.add("GET", TYPES, Scope.WEBHOOKS_READ, this::list);
        routes.add("GET", TYPES + "/{type}", Scope.WEBHOOKS_READ, this::show);
    }

    private LoadedProfile profile(Call call) {
        call.onlyParameters("profile");
        String name = call.parameter("profile").orElse(call.tenant().profile());
        return profiles.find(name)
                .orElseThrow(() -> ApiError.field(
                        400,
                        "invalid_profile",
                        "profile",
                        "profile must be one of "
                                + profiles.all().stream()
                                        .map(known -> known.name())
                                        .collect(Collectors.joining(", "))));
    }

    private static List<EventType> types(LoadedProfile profile) {
        List<EventType> types = profile.profile().eventTypes();
        return types == null ? List.of() : types;
    }

    private Answer list(Call call) {
        LoadedProfile profile = profile(call);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("profile", profile.name());
        body.put("any_type", profile.profile().eventTypes() == null);
        ArrayNode data = body.putArray("data");
        types(profile).forEach(type -> data.add(entry(type)));
        return Answer.of(200, body);
    }

    private Answer show(Call call) {
        LoadedProfile profile = profile(call);
        EventType type = profile.profile()
                .describe(call.in("type"))
                .orElseThrow(() -> new ApiError(
                        404, "event_type_not_found", "the profile " + profile.name() + " documents no such type"));
        ObjectNode body = entry(type);
        body.set("schema", profile.schema(type.type()).orElseThrow());
        body.set("sample", sample(profile, type.type()));
        return Answer.of(200, body);
    }

    private static ObjectNode entry(EventType type) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("type", type.type());
        entry.put("description", type.description());
        return entry;
    }

    /** The body as it would be sent. */
    private JsonNode sample(LoadedProfile profile, String type) {
        DomainEvent sample = samples.event(profile, type, "evt_sample", "sample", SAMPLE_TIME, Optional.empty());
        try {
            return JSON.readTree(profile.body(sample, SAMPLE_WEBHOOK));
        } catch (IOException e) {
            throw new UncheckedIOException("bodies are JSON", e);
        }
    }
}
