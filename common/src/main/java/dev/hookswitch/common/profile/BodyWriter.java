package dev.hookswitch.common.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.json.StableJson;
import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Writes bodies in the profile's envelope. The parts of an event are stable JSON already, so the body is too. */
final class BodyWriter {
    private static final byte[] NULL = "null".getBytes(UTF_8);

    private final DateTimeFormatter time;
    private final List<Part> parts;

    /** A field of the envelope with its name and punctuation as bytes. */
    private record Part(byte[] label, Profile.EnvelopeValue value) {}

    BodyWriter(Profile profile) {
        this.time = Profile.formatter(profile.timeFormat()).withZone(ZoneOffset.UTC);
        List<Part> list = new ArrayList<>();
        for (Profile.EnvelopeField field : profile.envelope()) {
            list.add(new Part(label(list.isEmpty() ? "{" : ",", field), field.value()));
        }
        this.parts = List.copyOf(list);
    }

    private static byte[] label(String before, Profile.EnvelopeField field) {
        return (before + new String(StableJson.string(field.field()), UTF_8) + ":").getBytes(UTF_8);
    }

    /**
     * The exact bytes to POST.
     *
     * @throws IllegalStateException when the body has a workspace and the event's is not complete
     */
    byte[] write(DomainEvent event, String webhookId) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(event.dataJson().length + 256);
        for (Part part : parts) {
            body.writeBytes(part.label());
            body.writeBytes(value(part.value(), event, webhookId));
        }
        body.write('}');
        return body.toByteArray();
    }

    private byte[] value(Profile.EnvelopeValue value, DomainEvent event, String webhookId) {
        return switch (value) {
            case EVENT_TYPE -> StableJson.string(event.type());
            case OCCURRED_AT -> StableJson.string(time.format(event.occurredAt()));
            case WEBHOOK_ID -> StableJson.string(webhookId);
            case WORKSPACE -> {
                byte[] workspace = event.workspaceJson();
                yield workspace == null ? NULL : Workspace.read(workspace).write();
            }
            case DATA -> event.dataJson();
        };
    }
}
