package dev.hookswitch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.json.StableJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a request's body holds: one event, or an array of them. */
sealed interface Submission {

    /**
     * The events, each with the bytes as they came; not yet looked into.
     *
     * @param batch whether they came in an array
     */
    record Events(boolean batch, List<byte[]> events) implements Submission {}

    /** Neither. */
    record Unreadable(Problem problem) implements Submission {}

    /** Takes a body apart. */
    static Submission of(byte[] body, int maxEvents) {
        return isArray(body) ? batch(body, maxEvents) : new Events(false, List.of(body));
    }

    private static boolean isArray(byte[] body) {
        for (byte each : body) {
            if (each == '[') {
                return true;
            }
            if (each != ' ' && each != '\t' && each != '\r' && each != '\n') {
                return false;
            }
        }
        return false;
    }

    private static Submission batch(byte[] body, int maxEvents) {
        List<byte[]> events = new ArrayList<>();
        try (JsonParser parser = StableJson.parser(body)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (events.size() == maxEvents) {
                    return unreadable(
                            Problem.Reason.TOO_LARGE,
                            "the batch must have at most " + maxEvents + " events (ingest.batch.max-events)");
                }
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                events.add(Arrays.copyOfRange(
                        body, from, (int) parser.currentLocation().getByteOffset()));
            }
            if (parser.nextToken() != null) {
                return unreadable(Problem.Reason.NOT_JSON, "the batch must be one JSON array: something follows it");
            }
        } catch (StreamConstraintsException e) {
            return unreadable(Problem.Reason.LIMIT_EXCEEDED, e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            return unreadable(
                    Problem.Reason.NOT_JSON,
                    "the batch must be one JSON array: " + e.getOriginalMessage() + " at byte " + at);
        } catch (IOException e) {
            return unreadable(Problem.Reason.NOT_JSON, "the batch must be JSON in UTF-8: " + e.getMessage());
        }
        return events.isEmpty()
                ? unreadable(Problem.Reason.EMPTY, "the batch must have at least one event")
                : new Events(true, events);
    }

    private static Submission unreadable(Problem.Reason reason, String message) {
        return new Unreadable(new Problem(reason, "", message));
    }
}
