package dev.hookswitch.benchmarks.rig;

import dev.hookswitch.benchmarks.load.Stamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What topics and roles of a run are like.
 *
 * @param partitions of the topics
 * @param bodyBytes of each delivery
 * @param settings of the roles that differ from the defaults
 * @param jvmFlags of the process that is measured
 */
public record Setup(int partitions, int bodyBytes, Map<String, String> settings, List<String> jvmFlags) {
    public Setup {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be 1 or more, was: " + partitions);
        }
        if (bodyBytes < Stamp.REACHES_TO) {
            throw new IllegalArgumentException(
                    "body-bytes must be " + Stamp.REACHES_TO + " or more, was: " + bodyBytes);
        }
        settings = Map.copyOf(settings);
        jvmFlags = List.copyOf(jvmFlags);
    }

    /** With these settings too, which win over those of the same name. */
    public Setup with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return new Setup(partitions, bodyBytes, all, jvmFlags);
    }

    public Setup withFlags(List<String> flags) {
        return new Setup(partitions, bodyBytes, settings, flags);
    }

    /** The flags as they are typed, for a report. */
    public String flagsText() {
        return String.join(" ", jvmFlags);
    }

    /** The settings in Markdown, for a report. */
    public String settingsText() {
        return settings.isEmpty() ? "default settings" : "`" + settings + "`";
    }
}
