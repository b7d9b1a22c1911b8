package dev.hookswitch.console.endpoints;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What somebody wants to be otherwise about an endpoint, unchecked; what is empty stays as it is.
 *
 * @param url where to POST
 * @param events event types, or {@code *} alone
 * @param name a name for people, may be empty
 * @param metadata all of it anew
 * @param active whether it is on; one that was disabled for its failures is enabled again
 * @param maxPerSecond deliveries per second at the most, or the deployment's default
 * @param retryDelays the delays before its retries, or those of its profile
 */
public record EndpointChange(
        Optional<String> url,
        Optional<Set<String>> events,
        Optional<String> name,
        Optional<Map<String, String>> metadata,
        Optional<Boolean> active,
        Optional<OptionalDouble> maxPerSecond,
        Optional<Optional<List<String>>> retryDelays) {
    /** Everything stays as it is. */
    public static final EndpointChange NONE = new EndpointChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static EndpointChange off() {
        return new EndpointChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.empty());
    }

    static EndpointChange limit(OptionalDouble maxPerSecond) {
        return new EndpointChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(maxPerSecond),
                Optional.empty());
    }

    static EndpointChange retries(Optional<List<String>> delays) {
        return new EndpointChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(delays));
    }

    /** Without the URL, which may hold a token of the receiver, and the metadata. */
    @Override
    public String toString() {
        return "EndpointChange[events=" + events + ", name=" + name + ", active=" + active + "]";
    }
}
