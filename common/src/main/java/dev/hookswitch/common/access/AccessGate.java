package dev.hookswitch.common.access;

import dev.hookswitch.common.access.Authentication.Identity;
import dev.hookswitch.common.access.Authentication.Known;
import dev.hookswitch.common.access.Authentication.Stranger;
import dev.hookswitch.common.access.TokenBuckets.Taken;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of an HTTP interface: the right key, and not too often. Limits are this process's own. A right key is
 * served whatever else comes from its address: 256 bits are not guessed, so the limit of failures only keeps the noise down.
 * Safe for many threads.
 */
public final class AccessGate {
    /** Addresses and keys that are remembered; about 200 bytes each. */
    private static final int MAX_REMEMBERED = 50_000;

    private static final String RETRY_AFTER = "Retry-After";
    private static final String CHALLENGE = "WWW-Authenticate";

    private final Supplier<Optional<AccessView>> known;
    private final Function<Caller, RateLimit> limits;
    private final RateLimit failureLimit;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final TokenBuckets<String> failures = new TokenBuckets<>(MAX_REMEMBERED);
    private final TokenBuckets<String> requests = new TokenBuckets<>(MAX_REMEMBERED);

    /**
     * A gate.
     *
     * @param known what is known of keys now; empty when that is not enough to refuse one
     * @param limits how often a caller may come
     * @param failureLimit how often requests without a right key may come from one address
     * @param nanoTime a clock that never goes back
     */
    public AccessGate(
            Supplier<Optional<AccessView>> known,
            Function<Caller, RateLimit> limits,
            RateLimit failureLimit,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.known = known;
        this.limits = limits;
        this.failureLimit = failureLimit;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * A gate that knows the keys of a directory.
     *
     * @param limits how often a caller may come
     * @param nanoTime a clock that never goes back
     * @throws dev.hookswitch.common.config.SettingsException when access.failures-per-minute is wrong
     */
    public static AccessGate of(
            Settings settings,
            KeyDirectory directory,
            Function<Caller, RateLimit> limits,
            InstantSource clock,
            LongSupplier nanoTime) {
        SettingsReader reader = settings.reader();
        RateLimit failureLimit = RateLimit.perMinute(reader.integer("access.failures-per-minute", 1, 1_000_000));
        reader.done();
        return new AccessGate(directory::view, limits, failureLimit, clock, nanoTime);
    }

    /**
     * Judges a request before anything of its body is read.
     *
     * @param authorization the header of that name, or null
     * @param source the address that the connection comes from, as text
     * @param required what the request wants to do
     */
    public Admission admit(@Nullable String authorization, String source, Scope required) {
        Instant now = clock.instant();
        Identity identity = Authentication.identify(authorization, known.get(), now);
        return identity instanceof Known caller
                ? caller(caller.caller(), required, now)
                : stranger((Stranger) identity, source);
    }

    /** A request costs a caller one of its limit, allowed or not: else it could ask for what it may not without end. */
    private Admission caller(Caller caller, Scope required, Instant now) {
        RateLimit limit = limits.apply(caller);
        Taken taken = requests.take(caller.key().keyId(), limit, nanoTime.getAsLong());
        Map<String, String> headers = new HashMap<>();
        headers.put("X-RateLimit-Limit", Integer.toString(limit.requests()));
        headers.put("X-RateLimit-Remaining", Integer.toString(taken.remaining()));
        headers.put(
                "X-RateLimit-Reset",
                Long.toString(seconds(Duration.between(Instant.EPOCH, now.plus(taken.untilFull())))));
        if (!taken.taken()) {
            headers.put(RETRY_AFTER, Long.toString(seconds(taken.untilNext())));
            return new Admission.Refused(Refusal.RATE_LIMITED, caller.key().keyId(), Map.of(), headers);
        }
        Optional<Refusal> forbidden = Authentication.forbids(caller, required);
        return forbidden.isEmpty()
                ? new Admission.Admitted(caller, headers)
                : forbidden(caller, forbidden.get(), required, headers);
    }

    private static Admission forbidden(Caller caller, Refusal why, Scope required, Map<String, String> headers) {
        Map<String, String> details = Map.of();
        if (why == Refusal.WRONG_SCOPE) {
            headers.put(CHALLENGE, "Bearer error=\"insufficient_scope\", scope=\"" + required.wireName() + "\"");
            details = Map.of("required_scope", required.wireName());
        }
        return new Admission.Refused(why, caller.key().keyId(), details, headers);
    }

    private Admission stranger(Stranger stranger, String source) {
        Refusal why = stranger.why();
        if (why == Refusal.NOT_READY) {
            return new Admission.Refused(why, null, Map.of(), Map.of(RETRY_AFTER, "1"));
        }
        Taken failure = failures.take(SourceAddress.group(source), failureLimit, nanoTime.getAsLong());
        if (!failure.taken()) {
            Map<String, String> headers = Map.of(RETRY_AFTER, Long.toString(seconds(failure.untilNext())));
            return new Admission.Refused(Refusal.TOO_MANY_FAILURES, stranger.keyId(), Map.of(), headers);
        }
        // RFC 6750, section 3: a request without a token is told nothing but the scheme.
        String challenge = why == Refusal.MISSING ? "Bearer" : "Bearer error=\"invalid_token\"";
        return new Admission.Refused(why, stranger.keyId(), Map.of(), Map.of(CHALLENGE, challenge));
    }

    /** Rounded up: who waits so long comes in time. */
    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
