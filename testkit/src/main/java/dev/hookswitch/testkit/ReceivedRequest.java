package dev.hookswitch.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived, whole.
 *
 * @param receivedAt when its body had been read to the end
 * @param query      the raw query, empty when there is none
 * @param headers    by lower-case name; the values of a repeated header joined by ", "
 * @param number     1 for the first request of the receiver, over all paths
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedRequest(
        Instant receivedAt,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        int number) {

    public ReceivedRequest {
        headers = Map.copyOf(headers);
    }

    /** The header of this lower-case name. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
