package dev.hookswitch.common.event;

import dev.hookswitch.common.config.SettingsReader;
import java.util.List;

/** What the setting {@code events.schema-check} says. */
public enum SchemaCheck {
    /** An event that breaks the schema of its type is not delivered. */
    ENFORCE,
    /** It is delivered all the same, and the breach is logged and counted. */
    WARN;

    /** Reads the setting. */
    public static SchemaCheck of(SettingsReader reader) {
        return reader.choice("events.schema-check", List.of("enforce", "warn")).equals("warn") ? WARN : ENFORCE;
    }

    /** Whether an event with this problem is delivered. What the body cannot be made without is never tolerated. */
    public boolean tolerates(Problem problem) {
        return this == WARN && problem.reason() == Problem.Reason.SCHEMA;
    }
}
