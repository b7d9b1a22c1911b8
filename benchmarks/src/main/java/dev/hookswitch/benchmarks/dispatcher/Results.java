package dev.hookswitch.benchmarks.dispatcher;

import dev.hookswitch.benchmarks.figures.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The samples of a run and the ratios within it: always of two samples of one pair, never of medians. */
final class Results {
    private final List<Sample> samples = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    List<Scenario> scenarios() {
        return samples.stream().map(Sample::scenario).distinct().toList();
    }

    Optional<Scenario> scenario(Predicate<Scenario> which) {
        return scenarios().stream().filter(which).findFirst();
    }

    /** A figure of a contender over all windows. */
    Optional<Spread> figure(Scenario scenario, Contender contender, ToDoubleFunction<Sample> figure) {
        return spread(samples.stream()
                .filter(sample -> sample.scenario().equals(scenario) && sample.contender() == contender)
                .map(figure::applyAsDouble)
                .toList());
    }

    /** A figure of one contender through that of another, pair by pair. */
    Optional<Spread> ratio(Scenario scenario, Contender over, Contender under, ToDoubleFunction<Sample> figure) {
        return ratio(scenario, over, scenario, under, figure);
    }

    /** A figure in one scenario through that in another, pair by pair of the same number. */
    Optional<Spread> ratio(
            Scenario overIn, Contender over, Scenario underIn, Contender under, ToDoubleFunction<Sample> figure) {
        List<Double> ratios = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.scenario().equals(overIn) && sample.contender() == over) {
                find(underIn, under, sample.pair())
                        .ifPresent(pair -> ratios.add(figure.applyAsDouble(sample) / figure.applyAsDouble(pair)));
            }
        }
        return spread(ratios);
    }

    private Optional<Sample> find(Scenario scenario, Contender contender, int pair) {
        return samples.stream()
                .filter(sample ->
                        sample.scenario().equals(scenario) && sample.contender() == contender && sample.pair() == pair)
                .findFirst();
    }

    private static Optional<Spread> spread(List<Double> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(Spread.of(
                        values.stream().mapToDouble(Double::doubleValue).toArray()));
    }
}
