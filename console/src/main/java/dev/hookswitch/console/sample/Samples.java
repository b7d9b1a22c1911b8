package dev.hookswitch.console.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.model.TenantRow.Workspace;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Complete, realistic events of every type. */
public final class Samples {
    private static final int MAX_BYTES = 1_048_576;
    private static final Workspace EXAMPLE = new Workspace("ws_abc123", "Example workspace");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Profiles profiles;
    private final JsonNode ofEndpoints;

    /** @param profiles of the deployment */
    public Samples(Profiles profiles) {
        this.profiles = profiles;
        try (InputStream in = Samples.class.getResourceAsStream("endpoint-events.json")) {
            this.ofEndpoints = JSON.readTree(Objects.requireNonNull(in, "endpoint-events.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An event of that type.
     *
     * @param profile whose sample it is; one that takes any type has those of the others, and a small one of its own for
     *     the rest
     * @param workspace that of the tenant; an example when it has none
     */
    public DomainEvent event(
            LoadedProfile profile, String type, String id, String tenant, Instant at, Optional<Workspace> workspace) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("id", id);
        event.put("type", type);
        event.put("tenant", tenant);
        event.put("occurred_at", at.toString());
        Workspace shown = workspace.orElse(EXAMPLE);
        event.putObject("workspace").put("id", shown.id()).put("name", shown.name());
        event.set("data", data(profile, type));
        if (new EventParser(MAX_BYTES).parse(Wire.write(event)) instanceof ParsedEvent.Accepted accepted) {
            return accepted.event();
        }
        throw new IllegalStateException("the sample of " + type + " is no event");
    }

    private JsonNode data(LoadedProfile profile, String type) {
        return profile.sample(type)
                .or(() -> Optional.ofNullable(ofEndpoints.get(type)))
                .or(() -> profiles.all().stream()
                        .flatMap(other -> other.sample(type).stream())
                        .findFirst())
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("message", "a test of " + type));
    }
}
