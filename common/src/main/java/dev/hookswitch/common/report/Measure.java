package dev.hookswitch.common.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was measured.
 *
 * @param name stable, lower case with underscores, the unit at its end where it has one
 * @param value what was measured
 * @param unit such as {@code s}, {@code ms} or {@code deliveries}
 * @param goal what it should be, such as {@code <= 10}; null when it only informs
 * @param met whether the goal was met; null when there is none
 */
public record Measure(
        String name,
        double value,
        String unit,
        @Nullable String goal,
        @Nullable Boolean met) {
    public Measure {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
        if ((goal == null) != (met == null)) {
            throw new IllegalArgumentException("goal and met go together, in " + name);
        }
    }

    /** A measure that has no goal. */
    public static Measure informs(String name, double value, String unit) {
        return new Measure(name, value, unit, null, null);
    }

    /** A measure that must not be above its goal. */
    public static Measure atMost(String name, double value, String unit, double goal) {
        return new Measure(name, value, unit, "<= " + Report.number(goal), value <= goal);
    }

    /** A measure that must not be below its goal. */
    public static Measure atLeast(String name, double value, String unit, double goal) {
        return new Measure(name, value, unit, ">= " + Report.number(goal), value >= goal);
    }

    /** A measure that must be exactly its goal. */
    public static Measure exactly(String name, double value, String unit, double goal) {
        return new Measure(name, value, unit, "= " + Report.number(goal), value == goal);
    }
}
