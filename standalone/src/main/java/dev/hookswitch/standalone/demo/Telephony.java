package dev.hookswitch.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.profile.Profiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Events as a telephony platform has them: the documented samples, and a stream of calls and appointments. */
final class Telephony {
    private static final List<String> CALLERS = List.of(
            "Maria Garcia",
            "Zo\u00eb Lindqvist",
            "Sam O'Neil",
            "Yuki \u5c71\u7530",
            "Ana \"Nan\" Silva",
            "Pat \ud83d\ude00");

    private final Profiles profiles;
    private final RandomGenerator random;
    private int ids;

    Telephony(Profiles profiles, RandomGenerator random) {
        this.profiles = profiles;
        this.random = random;
    }

    /**
     * An event and its time.
     *
     * @param at after the beginning of the stream
     * @param event what happens
     */
    record Cue(Duration at, PlayedEvent event) {}

    /** Every type that the vendor documents, with the sample of its page. */
    List<PlayedEvent> documented(Promise vendor, String tenant) {
        List<Profile.EventType> types = profiles.get(vendor.profile()).profile().eventTypes();
        return Objects.requireNonNull(types, "the vendors document their types").stream()
                .map(Profile.EventType::type)
                .map(type -> new PlayedEvent(nextId("doc"), type, tenant, vendor, sample(vendor, type), true))
                .toList();
    }

    /** A new event of the type. */
    PlayedEvent event(Promise vendor, String tenant, String type) {
        return new PlayedEvent(nextId("evt"), type, tenant, vendor, varied(sample(vendor, type), nextNumber()), false);
    }

    /** Calls and what follows from them, spread over the time. */
    List<Cue> stream(int calls, Duration length) {
        List<Cue> cues = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            Duration at = Duration.ofMillis(random.nextLong(length.toMillis() * 3 / 4));
            switch (call % 5) {
                case 0 -> ringyo(cues, Cast.LUMEN, at);
                case 1 -> ringTonic(cues, Cast.NORTHWIND, at);
                case 2 -> ringyo(cues, Cast.HARBOR, at);
                case 3 -> ringTonic(cues, Cast.OAK, at);
                default -> appointment(cues, Cast.MAPLE, at);
            }
        }
        cues.sort(Comparator.comparing(Cue::at));
        return cues;
    }

    private void ringyo(List<Cue> cues, String tenant, Duration at) {
        List<String> types = switch (random.nextInt(6)) {
            case 0 -> List.of("call.initiated", "call.failed");
            case 1 -> List.of("call.initiated", "call.answered", "call.transferred", "call.completed");
            case 2 -> List.of("call.initiated", "call.answered", "call.completed", "appointment.created");
            default -> List.of("call.initiated", "call.answered", "call.completed");
        };
        cycle(cues, Promise.RINGYO, tenant, at, types);
    }

    private void ringTonic(List<Cue> cues, String tenant, Duration at) {
        List<String> types = switch (random.nextInt(6)) {
            case 0 -> List.of("call.started", "call.missed", "voicemail.received", "voicemail.transcribed");
            case 1 -> List.of("call.blocked");
            case 2 -> List.of("call.started", "call.missed");
            default -> List.of("call.started", "call.completed", "recording.available", "transcription.available");
        };
        cycle(cues, Promise.RING_TONIC, tenant, at, types);
    }

    private void appointment(List<Cue> cues, String tenant, Duration at) {
        List<String> types = random.nextInt(3) == 0
                ? List.of("appointment.created", "appointment.cancelled")
                : List.of("appointment.created", "appointment.updated");
        cycle(cues, Promise.RINGYO, tenant, at, types);
    }

    /** One call: its events share its number and follow each other. */
    private void cycle(List<Cue> cues, Promise vendor, String tenant, Duration at, List<String> types) {
        int number = nextNumber();
        Duration then = at;
        for (String type : types) {
            JsonNode data = varied(sample(vendor, type), number);
            cues.add(new Cue(then, new PlayedEvent(nextId("evt"), type, tenant, vendor, data, false)));
            then = then.plusMillis(50 + random.nextInt(800));
        }
    }

    private JsonNode sample(Promise vendor, String type) {
        return profiles.get(vendor.profile()).sample(type).orElseThrow();
    }

    private JsonNode varied(JsonNode sample, int number) {
        ObjectNode data = (ObjectNode) sample;
        replace(data, "call_id", "call_" + number);
        replace(data, "appointment_id", "apt_" + number);
        replace(data, "customer_name", caller(number));
        replace(data, "caller_name", caller(number));
        replace(data, "twilio_call_sid", String.format(Locale.ROOT, "CA%032x", number));
        if (data.has("call_log_id")) {
            data.put("call_log_id", 40_000 + number);
        }
        if (data.has("duration_seconds")) {
            data.put("duration_seconds", 5 + Math.floorMod(number * 37, 900));
        }
        return data;
    }

    private static String caller(int number) {
        return CALLERS.get(number % CALLERS.size());
    }

    private static void replace(ObjectNode data, String field, String text) {
        if (data.path(field).isTextual()) {
            data.put(field, text);
        }
    }

    private int nextNumber() {
        return 10_000 + random.nextInt(1_000_000);
    }

    private String nextId(String prefix) {
        return String.format(Locale.ROOT, "%s_%05d", prefix, ++ids);
    }
}
