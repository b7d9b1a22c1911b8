package dev.hookswitch.dispatcher;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.dispatcher.lane.Deferral;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Every meter of the dispatcher. */
public final class DispatcherMetrics {
    private final MeterRegistry registry;
    private final Map<AttemptResult, Timer> attempts = new EnumMap<>(AttemptResult.class);
    private final Map<OutcomeRow.Outcome, Counter> outcomes = new EnumMap<>(OutcomeRow.Outcome.class);
    private final Map<Deferral, Counter> deferrals = new EnumMap<>(Deferral.class);
    private final Counter unreadable;
    private final Counter aborts;
    private final Timer commits;

    public DispatcherMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (AttemptResult result : AttemptResult.values()) {
            attempts.put(
                    result,
                    Timer.builder("hookswitch.dispatcher.attempts")
                            .description("POSTs made, by result")
                            .tag("result", result.wireName())
                            .publishPercentileHistogram(false)
                            .register(registry));
        }
        for (OutcomeRow.Outcome outcome : OutcomeRow.Outcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("hookswitch.dispatcher.outcomes")
                            .description("deliveries ended, by outcome")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (Deferral why : Deferral.values()) {
            deferrals.put(
                    why,
                    Counter.builder("hookswitch.dispatcher.deferrals")
                            .description("deliveries put off without a POST, by reason")
                            .tag("reason", why.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        unreadable = Counter.builder("hookswitch.dispatcher.unreadable")
                .description("records that are no deliveries")
                .register(registry);
        aborts = Counter.builder("hookswitch.dispatcher.transaction.aborts")
                .description("transactions that were aborted or in doubt; their results were kept")
                .register(registry);
        commits = Timer.builder("hookswitch.dispatcher.commits")
                .description("transactions committed")
                .register(registry);
    }

    public void attempt(AttemptResult result, Duration took) {
        timer(result).record(took);
    }

    private Timer timer(AttemptResult result) {
        Timer timer = attempts.get(result);
        if (timer == null) {
            throw new IllegalStateException("no meter for " + result);
        }
        return timer;
    }

    public void outcome(OutcomeRow.Outcome outcome) {
        Counter counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    public void deferred(Deferral why) {
        Counter counter = deferrals.get(why);
        if (counter != null) {
            counter.increment();
        }
    }

    public void unreadable() {
        unreadable.increment();
    }

    public void aborted() {
        aborts.increment();
    }

    public void committed(Duration took) {
        commits.record(took);
    }

    /** Publishes what a lane shows of itself. */
    public void lane(int lane, String what, String description, Supplier<Number> value) {
        Gauge.builder("hookswitch.dispatcher.lane." + what, value)
                .description(description)
                .tag("lane", Integer.toString(lane))
                .register(registry);
    }
}
