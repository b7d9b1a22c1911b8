package dev.hookswitch.common.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An event type of a vendor's page, and the fields of its data that are always there, as JSON pointers.
 *
 * <p>The list repeats by hand what the shipped schemas say, so that a slip in either shows.
 */
record DocumentedEvent(String profile, String type, List<String> demanded) {
    static final String PROFILES = "/dev/hookswitch/common/profile/";
    static final String PAGES = "/vendor-pages/";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static final List<DocumentedEvent> ALL = List.of(
            ringyo("call.initiated", "/call_id"),
            ringyo("call.answered", "/call_id"),
            ringyo("call.completed", "/call_id", "/duration_seconds"),
            ringyo("call.failed", "/call_id"),
            ringyo("call.transferred", "/call_id"),
            ringyo("appointment.created", "/appointment_id", "/date"),
            ringyo("appointment.updated", "/appointment_id"),
            ringyo("appointment.cancelled", "/appointment_id"),
            ringyo("appointment.reminder", "/appointment_id"),
            ringyo("agent.created"),
            ringyo("agent.updated"),
            ringyo("phone_number.assigned"),
            ringyo("phone_number.released"),
            ringyo("credits.low"),
            ringTonicCall("call.started"),
            ringTonicCall("call.completed", "/duration"),
            ringTonicCall("call.missed"),
            new DocumentedEvent("ring-tonic", "call.blocked", List.of("/blocked_number", "/called_number")),
            ringTonicCall("recording.available", "/duration", "/recording_url"),
            ringTonicCall("transcription.available", "/duration", "/transcription"),
            ringTonicCall("lead.qualified", "/lead_status", "/qualified_at"),
            ringTonicCall("voicemail.received", "/voicemail", "/voicemail/recording_url", "/voicemail/duration"),
            ringTonicCall(
                    "voicemail.transcribed",
                    "/voicemail",
                    "/voicemail/recording_url",
                    "/voicemail/duration",
                    "/voicemail/transcription",
                    "/voicemail/transcribed_at"));

    private static DocumentedEvent ringyo(String type, String... demanded) {
        return new DocumentedEvent("ringyo", type, List.of(demanded));
    }

    /** One of the eight types that share the full base payload. */
    private static DocumentedEvent ringTonicCall(String type, String... own) {
        List<String> demanded = new ArrayList<>(List.of(
                "/call_log_id",
                "/twilio_call_sid",
                "/from_number",
                "/tracking_number",
                "/status",
                "/is_first_time_caller",
                "/visitor_session",
                "/started_at"));
        demanded.addAll(List.of(own));
        return new DocumentedEvent("ring-tonic", type, demanded);
    }

    /** Those that the vendor's page shows a payload of. */
    static List<DocumentedEvent> withExampleOnThePage() {
        return ALL.stream()
                .filter(it -> fileNames(PAGES + it.profile()).contains(it.type() + ".json"))
                .toList();
    }

    boolean sharesTheBase() {
        return demanded.contains("/visitor_session");
    }

    JsonNode schema() {
        return read(PROFILES + profile + "/events/" + type + ".schema.json");
    }

    ObjectNode sample() {
        return (ObjectNode) read(PROFILES + profile + "/events/" + type + ".sample.json");
    }

    /** The whole payload as on the page. */
    JsonNode page() {
        return read(PAGES + profile + "/" + type + ".json");
    }

    /** What the schema finds wrong in {@code data}. */
    List<Error> errors(JsonNode data) {
        return registry().getSchema(schema()).validate(data);
    }

    static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    }

    static JsonNode read(String resource) {
        try (InputStream in = url(resource).openStream()) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    static List<String> fileNames(String folder) {
        try (Stream<Path> files = Files.list(Path.of(url(folder).toURI()))) {
            return files.map(it -> it.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(folder, e);
        }
    }

    private static URL url(String resource) {
        return Objects.requireNonNull(DocumentedEvent.class.getResource(resource), resource);
    }

    @Override
    public String toString() {
        return profile + " " + type;
    }
}
