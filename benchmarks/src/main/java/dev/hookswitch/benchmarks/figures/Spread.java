package dev.hookswitch.benchmarks.figures;

import java.util.Arrays;

/**
 * A median and what it is the median of.
 *
 * @param min the least
 * @param median the middle, or the mean of both
 * @param max the greatest
 * @param count how many
 */
public record Spread(double min, double median, double max, int count) {

    /**
     * Of these values.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values must hold one or more");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1], sorted.length);
    }
}
