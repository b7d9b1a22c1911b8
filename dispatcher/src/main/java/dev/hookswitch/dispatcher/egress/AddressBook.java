package dev.hookswitch.dispatcher.egress;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.hookswitch.common.egress.AddressPolicy;
import dev.hookswitch.common.egress.EndpointUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns the host of a URL into checked addresses. Every address of an answer is checked, and one that is denied refuses
 * the whole answer. Answers are kept for a short time; a caller connects to the address it was given, so a name that
 * changes its mind afterwards changes nothing.
 */
public final class AddressBook {
    private static final int MAX_NAMES = 50_000;
    private static final int MAX_ADDRESSES = 16;
    private static final Duration KEEP_FOUND = Duration.ofSeconds(10);
    private static final Duration KEEP_FAILED = Duration.ofSeconds(1);

    private final HostResolver resolver;
    private final AddressPolicy policy;
    private final Executor lookups;
    private final Duration timeout;
    private final AsyncCache<String, Resolution> answers;
    /** The look-ups that have not ended, and whether each has begun. */
    private final Map<String, AtomicBoolean> running = new ConcurrentHashMap<>();

    /**
     * Makes an empty book.
     *
     * @param lookups runs the blocking look-ups; bounded, and may refuse
     * @param timeout how long a look-up may take
     */
    public AddressBook(HostResolver resolver, AddressPolicy policy, Executor lookups, Duration timeout) {
        this.resolver = resolver;
        this.policy = policy;
        this.lookups = lookups;
        this.timeout = timeout;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .executor(Runnable::run)
                .expireAfter(Expiry.<String, Resolution>writing(
                        (host, answer) -> answer instanceof Resolution.Resolved ? KEEP_FOUND : KEEP_FAILED))
                .buildAsync();
    }

    /** The addresses to call; complete at once for an address literal and for a name that is known. */
    public CompletableFuture<Resolution> resolve(EndpointUrl url) {
        return url.literalAddress()
                .map(bytes -> CompletableFuture.completedFuture(literal(bytes)))
                .orElseGet(() -> answers.get(url.host(), (host, executor) -> lookUp(host)));
    }

    private Resolution literal(byte[] bytes) {
        try {
            return checked(new InetAddress[] {InetAddress.getByAddress(bytes)});
        } catch (UnknownHostException e) {
            return new Resolution.NotFound();
        }
    }

    /** At most one look-up of a name runs: a name server that never answers holds one thread and not all of them. */
    private CompletableFuture<Resolution> lookUp(String host) {
        AtomicBoolean begun = new AtomicBoolean();
        AtomicBoolean earlier = running.putIfAbsent(host, begun);
        if (earlier != null) {
            return CompletableFuture.completedFuture(notInTime(earlier));
        }
        CompletableFuture<Resolution> answer = new CompletableFuture<>();
        try {
            lookups.execute(() -> {
                begun.set(true);
                try {
                    if (!answer.isDone()) {
                        answer.complete(find(host));
                    }
                } finally {
                    running.remove(host);
                    answer.complete(new Resolution.NotFound());
                }
            });
        } catch (RejectedExecutionException full) {
            running.remove(host);
            return CompletableFuture.completedFuture(new Resolution.Busy());
        }
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> notInTime(begun));
    }

    private static Resolution notInTime(AtomicBoolean begun) {
        return begun.get() ? new Resolution.NotFound() : new Resolution.Busy();
    }

    private Resolution find(String host) {
        try {
            return checked(resolver.resolve(host));
        } catch (UnknownHostException | RuntimeException e) {
            return new Resolution.NotFound();
        }
    }

    private Resolution checked(InetAddress[] found) {
        if (found.length == 0) {
            return new Resolution.NotFound();
        }
        if (!Arrays.stream(found).allMatch(policy::allows)) {
            return new Resolution.Denied();
        }
        return new Resolution.Resolved(List.of(found).subList(0, Math.min(found.length, MAX_ADDRESSES)));
    }
}
