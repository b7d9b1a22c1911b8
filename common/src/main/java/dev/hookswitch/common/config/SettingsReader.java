package dev.hookswitch.common.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads typed values and remembers every problem; {@link #done()} reports them together. After a problem a getter answers
 * with something harmless, so that reading can go on.
 */
public final class SettingsReader {
    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> values) {
        this.values = values;
    }

    /** A text that must not be empty. */
    public String text(String key) {
        String value = raw(key);
        if (value.isEmpty()) {
            problem(key, "must not be empty");
        }
        return value;
    }

    /** A text, or nothing when the setting is empty. */
    public Optional<String> optionalText(String key) {
        return Optional.of(raw(key)).filter(value -> !value.isEmpty());
    }

    public int integer(String key, int min, int max) {
        return (int) whole(key, min, max);
    }

    public long whole(String key, long min, long max) {
        String value = raw(key);
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with the rule.
        }
        problem(key, "must be a whole number from " + min + " to " + max + ", was: " + value);
        return min;
    }

    public double decimal(String key, double min, double max) {
        String value = raw(key);
        try {
            double number = new BigDecimal(value).doubleValue();
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below with the rule. Double's own reader would take 5d for 5.
        }
        problem(key, "must be a number from " + min + " to " + max + ", was: " + value);
        return min;
    }

    public boolean flag(String key) {
        String value = raw(key);
        if (!value.equals("true") && !value.equals("false")) {
            problem(key, "must be true or false, was: " + value);
        }
        return value.equals("true");
    }

    public Duration duration(String key, Duration min, Duration max) {
        String value = raw(key);
        try {
            Duration duration = HumanDuration.parse(value);
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
            problem(
                    key,
                    "must be from " + HumanDuration.format(min) + " to " + HumanDuration.format(max) + ", was: "
                            + value);
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
        }
        return min;
    }

    /** Comma-separated items, trimmed; an empty setting is no items. */
    public List<String> list(String key) {
        return Arrays.stream(raw(key).split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Items that are read by a function whose {@link IllegalArgumentException} names the rule. */
    public <T> List<T> list(String key, Function<String, T> read) {
        List<T> items = new ArrayList<>();
        for (String item : list(key)) {
            try {
                items.add(read.apply(item));
            } catch (IllegalArgumentException e) {
                problem(key, String.valueOf(e.getMessage()));
            }
        }
        return items;
    }

    /** One of the given words. */
    public String choice(String key, List<String> choices) {
        String value = raw(key);
        if (!choices.contains(value)) {
            problem(key, "must be one of " + String.join(", ", choices) + ", was: " + value);
            return choices.get(0);
        }
        return value;
    }

    /** Adds a problem that only the caller can see. */
    public void problem(String key, String rule) {
        problems.add(key + " " + rule);
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsException naming every problem found
     */
    public void done() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private String raw(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no default for " + key);
        }
        return value;
    }
}
