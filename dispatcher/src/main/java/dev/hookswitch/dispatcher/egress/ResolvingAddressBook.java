package dev.hookswitch.dispatcher.egress;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.hookswitch.common.egress.EndpointUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks the host of a URL up. Every address of an answer is checked, and one that is denied refuses the whole answer.
 * Answers are kept for a short time; a caller connects to the address it was given, so a name that changes its mind
 * afterwards changes nothing.
 */
public final class ResolvingAddressBook implements AddressBook {
    private static final int MAX_NAMES = 50_000;
    private static final int MAX_ADDRESSES = 16;
    private static final Duration KEEP_FOUND = Duration.ofSeconds(10);
    private static final Duration KEEP_FAILED = Duration.ofSeconds(1);

    private final HostResolver resolver;
    private final EgressGuard guard;
    private final Executor lookups;
    private final Duration timeout;
    private final AsyncCache<String, Answer> answers;
    /** The look-ups that have not ended, and whether each has begun. */
    private final Map<String, AtomicBoolean> running = new ConcurrentHashMap<>();

    /** What a name has, unchecked: addresses, or why there are none. */
    private record Answer(List<InetAddress> addresses, Resolution otherwise) {
        private static final Answer NOT_FOUND = new Answer(List.of(), new Resolution.NotFound());
        private static final Answer NOT_IN_TIME = new Answer(List.of(), new Resolution.NotInTime());
        private static final Answer BUSY = new Answer(List.of(), new Resolution.Busy());
    }

    /**
     * Makes an empty book.
     *
     * @param lookups runs the blocking look-ups; bounded, and may refuse
     * @param timeout how long a look-up may take
     */
    public ResolvingAddressBook(HostResolver resolver, EgressGuard guard, Executor lookups, Duration timeout) {
        this.resolver = resolver;
        this.guard = guard;
        this.lookups = lookups;
        this.timeout = timeout;
        this.answers = Caffeine.newBuilder()
                .maximumSize(MAX_NAMES)
                .executor(Runnable::run)
                .expireAfter(Expiry.<String, Answer>writing(
                        (host, answer) -> answer.addresses().isEmpty() ? KEEP_FAILED : KEEP_FOUND))
                .buildAsync();
    }

    @Override
    public CompletableFuture<Resolution> resolve(EndpointUrl url, Duration left) {
        Optional<InetAddress> literal = url.literalAddress().map(ResolvingAddressBook::literal);
        if (literal.isPresent()) {
            return CompletableFuture.completedFuture(checked(List.of(literal.get()), url.port()));
        }
        CompletableFuture<Answer> shared = answers.get(url.host(), (host, executor) -> lookUp(host));
        CompletableFuture<Answer> own = left.compareTo(timeout) >= 0 || shared.isDone()
                ? shared
                : limited(shared.copy(), left, () -> running.get(url.host()));
        return own.thenApply(
                answer -> answer.addresses().isEmpty() ? answer.otherwise() : checked(answer.addresses(), url.port()));
    }

    private static InetAddress literal(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    @Override
    public boolean mayConnect(InetSocketAddress address) {
        return guard.allows(address);
    }

    /** At most one look-up of a name runs: a name server that never answers holds one thread and not all of them. */
    private CompletableFuture<Answer> lookUp(String host) {
        AtomicBoolean begun = new AtomicBoolean();
        AtomicBoolean earlier = running.putIfAbsent(host, begun);
        if (earlier != null) {
            return CompletableFuture.completedFuture(notInTime(earlier));
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            lookups.execute(() -> {
                begun.set(true);
                try {
                    if (!answer.isDone()) {
                        answer.complete(find(host));
                    }
                } finally {
                    running.remove(host);
                    answer.complete(Answer.NOT_FOUND);
                }
            });
        } catch (RejectedExecutionException full) {
            running.remove(host);
            return CompletableFuture.completedFuture(Answer.BUSY);
        }
        return limited(answer, timeout, () -> begun);
    }

    private static CompletableFuture<Answer> limited(
            CompletableFuture<Answer> answer, Duration limit, Supplier<@Nullable AtomicBoolean> begun) {
        return answer.orTimeout(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS)
                .exceptionally(late -> notInTime(begun.get()));
    }

    private static Answer notInTime(@Nullable AtomicBoolean begun) {
        return begun == null || begun.get() ? Answer.NOT_IN_TIME : Answer.BUSY;
    }

    private Answer find(String host) {
        try {
            return new Answer(List.of(resolver.resolve(host)), new Resolution.NotFound());
        } catch (UnknownHostException | RuntimeException e) {
            return Answer.NOT_FOUND;
        }
    }

    private Resolution checked(List<InetAddress> found, int port) {
        for (InetAddress address : found) {
            if (!guard.allows(address, port)) {
                return new Resolution.Denied();
            }
        }
        List<InetAddress> reachable = guard.reachable(found);
        return new Resolution.Resolved(reachable.subList(0, Math.min(reachable.size(), MAX_ADDRESSES)));
    }
}
