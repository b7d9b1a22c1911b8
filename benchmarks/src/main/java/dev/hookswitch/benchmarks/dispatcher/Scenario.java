package dev.hookswitch.benchmarks.dispatcher;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is sent to.
 *
 * @param endpoints how many, each with an address of its own
 * @param delay of the receiver, before it answers
 * @param maxInFlight the setting {@code dispatcher.max-in-flight}
 */
record Scenario(int endpoints, Duration delay, int maxInFlight) {
    private static final int DEFAULT_IN_FLIGHT = 512;
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})@(\\d{1,5})(?:/(\\d{1,5}))?");

    /**
     * Reads {@code ENDPOINTS@DELAY_MS} or {@code ENDPOINTS@DELAY_MS/MAX_IN_FLIGHT}.
     *
     * @throws IllegalArgumentException when it is not of that form
     */
    static Scenario parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "scenarios must be ENDPOINTS@DELAY_MS or ENDPOINTS@DELAY_MS/MAX_IN_FLIGHT, was: " + text);
        }
        String inFlight = matcher.group(3);
        return new Scenario(
                Integer.parseInt(matcher.group(1)),
                Duration.ofMillis(Long.parseLong(matcher.group(2))),
                inFlight == null ? DEFAULT_IN_FLIGHT : Integer.parseInt(inFlight));
    }

    /**
     * What the dispatcher has in flight under full load. A lane gives fresh deliveries three quarters of its room, and one
     * endpoint is served by one lane.
     */
    int inFlight(int lanes, int perEndpoint) {
        return Math.min(endpoints * perEndpoint, lanes * maxInFlight * 3 / 4);
    }

    /** Whether the receiver answers at once. */
    boolean instant() {
        return delay.isZero();
    }

    /** For tables and file names. */
    String label() {
        return endpoints + "@" + delay.toMillis() + "ms";
    }
}
