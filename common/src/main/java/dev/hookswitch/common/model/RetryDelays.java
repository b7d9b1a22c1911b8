package dev.hookswitch.common.model;

import dev.hookswitch.common.config.HumanDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The retry delays that an endpoint may have of its own, in the form of {@code retry.tiers}: {@code 1s, 5s, 1h}. */
public final class RetryDelays {
    /** With tiers of up to seven days, more than the log keeps. */
    public static final int MOST = 20;

    private RetryDelays() {}

    /**
     * Reads the delays. Whether a deployment has these tiers is another question.
     *
     * @throws IllegalArgumentException naming the field and the rule, when no endpoint may have these delays
     */
    public static List<Duration> parse(List<String> texts) {
        if (texts.isEmpty() || texts.size() > MOST) {
            throw new IllegalArgumentException("retry_delays must be 1 to " + MOST + " delays, were " + texts.size());
        }
        List<Duration> delays = new ArrayList<>(texts.size());
        Duration before = Duration.ZERO;
        for (String text : texts) {
            Duration delay = parse(text);
            if (delay.compareTo(before) <= 0) {
                throw new IllegalArgumentException(
                        "retry_delays must be above 0 and each longer than the one before, were "
                                + String.join(",", texts));
            }
            delays.add(delay);
            before = delay;
        }
        return List.copyOf(delays);
    }

    private static Duration parse(String text) {
        try {
            return HumanDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("retry_delays " + e.getMessage(), e);
        }
    }

    /** The delays as texts that {@link #parse} reads back, each in its shortest form. */
    public static List<String> format(List<Duration> delays) {
        return delays.stream().map(HumanDuration::format).toList();
    }
}
