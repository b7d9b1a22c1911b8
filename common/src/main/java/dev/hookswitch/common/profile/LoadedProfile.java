package dev.hookswitch.common.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A profile with what its event types bring: schemas, samples and the writer of its bodies. */
public final class LoadedProfile {
    private final Profile profile;
    private final BodyWriter bodies;
    private final EventSchemas schemas;
    private final Map<String, JsonNode> samples;

    private LoadedProfile(Profile profile, EventSchemas schemas, Map<String, JsonNode> samples) {
        this.profile = profile;
        this.bodies = new BodyWriter(profile);
        this.schemas = schemas;
        this.samples = samples;
    }

    static LoadedProfile of(ProfileFiles files) throws IOException {
        Profile profile = files.profile();
        Map<String, Schema> schemas = new HashMap<>();
        Map<String, JsonNode> samples = new HashMap<>();
        if (profile.eventTypes() != null) {
            for (Profile.EventType type : profile.eventTypes()) {
                Schema schema = files.schema(type.type());
                schemas.put(type.type(), schema);
                samples.put(type.type(), files.sample(type.type(), schema));
            }
        }
        return new LoadedProfile(profile, new EventSchemas(profile.name(), schemas), Map.copyOf(samples));
    }

    public Profile profile() {
        return profile;
    }

    public String name() {
        return profile.name();
    }

    /** The exact bytes to POST; see {@link BodyWriter#write}. */
    public byte[] body(DomainEvent event, String webhookId) {
        return bodies.write(event, webhookId);
    }

    /** What keeps the event from being delivered under this profile; empty when nothing does. */
    public Optional<Problem> problemWith(DomainEvent event) {
        Optional<Problem> workspace = workspaceProblem(event);
        return workspace.isPresent() ? workspace : schemas.check(event).stream().findFirst();
    }

    /** Everything that does; the first is {@link #problemWith}. */
    public List<Problem> problemsWith(DomainEvent event) {
        return Stream.concat(workspaceProblem(event).stream(), schemas.check(event).stream())
                .toList();
    }

    private Optional<Problem> workspaceProblem(DomainEvent event) {
        return profile.needsWorkspace() ? Workspace.problem(event, profile.name()) : Optional.empty();
    }

    /** A complete, realistic {@code data} of that documented type. */
    public Optional<JsonNode> sample(String eventType) {
        return Optional.ofNullable(samples.get(eventType)).map(JsonNode::deepCopy);
    }

    /** The JSON Schema of {@code data} of that documented type. */
    public Optional<JsonNode> schema(String eventType) {
        return schemas.document(eventType);
    }
}
