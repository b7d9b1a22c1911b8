package dev.hookswitch.console.cli;

import dev.hookswitch.common.config.HumanDuration;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code recover} and {@code replay} can be told. */
final class RecoveryOptions {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.Reader.class,
            description =
                    "Since when: a time such as 2026-01-15T14:30:00Z, or how long ago such as 24h. Required, unless"
                            + " --cancel is given.")
    @Nullable Moment since;

    @Option(names = "--dry-run", description = "Only counts.")
    boolean dryRun;

    @Option(
            names = "--per-second",
            paramLabel = "N",
            description =
                    "Deliveries per second, from 0.01 to 100000; default: recovery.per-second. Never more than half of"
                            + " the endpoint's limit.")
    @Nullable BigDecimal perSecond;

    @Option(names = "--cancel", description = "Gives up what was interrupted.")
    boolean cancel;

    /** The moment that was said; empty when none was. */
    Optional<Instant> since(Clock clock) {
        return Optional.ofNullable(since).map(moment -> moment.from().apply(clock.instant()));
    }

    OptionalDouble perSecond() {
        return perSecond == null ? OptionalDouble.empty() : OptionalDouble.of(perSecond.doubleValue());
    }

    /** A moment, seen from now. */
    record Moment(Function<Instant, Instant> from) {

        /** Reads one. */
        static final class Reader implements ITypeConverter<Moment> {
            @Override
            public Moment convert(String text) {
                try {
                    Instant time = OffsetDateTime.parse(text).toInstant();
                    return new Moment(now -> time);
                } catch (DateTimeException notATime) {
                    return ago(text);
                }
            }

            private static Moment ago(String text) {
                try {
                    var ago = HumanDuration.parse(text);
                    return new Moment(now -> now.minus(ago));
                } catch (IllegalArgumentException e) {
                    throw new TypeConversionException(
                            "must be a time such as 2026-01-15T14:30:00Z, or how long ago such as 24h; was: " + text);
                }
            }
        }
    }
}
