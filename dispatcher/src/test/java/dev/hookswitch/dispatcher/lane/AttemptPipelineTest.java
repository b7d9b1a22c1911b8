package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.egress.AddressPolicy;
import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.dispatcher.egress.AddressBook;
import dev.hookswitch.dispatcher.egress.EgressGuard;
import dev.hookswitch.dispatcher.egress.HostResolver;
import dev.hookswitch.dispatcher.egress.Resolution;
import dev.hookswitch.dispatcher.egress.ResolvingAddressBook;
import dev.hookswitch.dispatcher.http.HttpPost;
import dev.hookswitch.dispatcher.http.HttpSender;
import dev.hookswitch.dispatcher.http.SendResult;
import dev.hookswitch.testkit.ManualClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AttemptPipelineTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<HttpPost> posts = new ArrayList<>();
    private final List<LaneEvent> events = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final OffsetTracker tracker = new OffsetTracker(0, CommitMap.Known.NOTHING);

    @Test
    void addressIsTheOneThatWasChecked() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        HostResolver changesItsMind = host -> addresses(lookups.getAndIncrement() == 0 ? "93.184.216.34" : "127.0.0.1");
        AttemptPipeline pipeline = pipeline(changesItsMind, Runnable::run);

        for (int i = 0; i < 3; i++) {
            pipeline.start(work());
        }

        assertThat(posts).hasSize(3).extracting(HttpPost::address).containsOnly(InetAddress.getByName("93.184.216.34"));
        assertThat(posts).extracting(HttpPost::host).containsOnly("example.com");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void deniedNamesAreNotSentTo() {
        pipeline(host -> addresses("127.0.0.1"), Runnable::run).start(work());

        assertThat(posts).isEmpty();
        assertEndedWith(AttemptResult.EGRESS_DENIED);
    }

    @Test
    void namesWithoutAnAddressAreNotSentTo() {
        pipeline(host -> addresses(), Runnable::run).start(work());

        assertThat(posts).isEmpty();
        assertEndedWith(AttemptResult.DNS);
    }

    @Test
    void nameServerThatDoesNotAnswerInTimeIsTheNames() {
        pipeline(host -> addresses("93.184.216.34"), task -> {}).send(work(), new Resolution.NotInTime());

        assertThat(posts).isEmpty();
        assertEndedWith(AttemptResult.DNS_TIMEOUT);
    }

    /** Our own overload is put off, and spends no attempt of the endpoint's. */
    @Test
    void fullLookupPoolIsNotTheEndpointsFault() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        pipeline(host -> addresses("93.184.216.34"), full).start(work());

        assertEndedWith(AttemptResult.INTERNAL);
    }

    @Test
    void lookupTakesItsTimeFromTheDeadline() {
        Queue<Runnable> lookups = new ArrayDeque<>();
        AttemptPipeline pipeline = pipeline(host -> addresses("93.184.216.34"), lookups::add);
        pipeline.start(work());
        assertThat(posts).isEmpty();

        nanos.addAndGet(Duration.ofMillis(1_500).toNanos());
        clock.advance(Duration.ofMillis(1_500));
        lookups.forEach(Runnable::run);
        LaneEvent.Resolved resolved = (LaneEvent.Resolved) events.get(0);
        pipeline.send(resolved.work(), resolved.resolution());

        assertThat(posts).singleElement().satisfies(post -> {
            assertThat(post.deadline()).isEqualTo(Duration.ofMillis(3_500));
            assertThat(post.headers())
                    .as("signed when it is sent")
                    .contains(new HttpPost.Field(
                            "webhook-timestamp", Long.toString(clock.instant().getEpochSecond())));
        });
    }

    /** A name server that never answers: the wait for it is bounded by what the attempt has. */
    @Test
    void lookupIsGivenNoMoreThanTheDeadline() {
        List<Duration> limits = new ArrayList<>();
        AddressBook never = (url, left) -> {
            limits.add(left);
            return new CompletableFuture<>();
        };
        Work work = work();

        new AttemptPipeline(never, new Recorder(), "Hookswitch/test", clock, nanos::get, events::add).start(work);

        assertThat(limits).containsExactly(work.target().profile().attemptDeadline());
    }

    @Test
    void attemptWhoseTimeIsOverStillEndsByItsDeadline() {
        AttemptPipeline pipeline = pipeline(host -> addresses("93.184.216.34"), task -> {});
        Work work = work();
        pipeline.start(work);
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());

        pipeline.send(work, new Resolution.Resolved(List.of(addresses("93.184.216.34"))));

        assertThat(posts)
                .singleElement()
                .satisfies(post -> assertThat(post.deadline()).isPositive());
    }

    private Work work() {
        return Samples.work(tracker, Samples.PARTITION, "wh_1");
    }

    private void assertEndedWith(AttemptResult reason) {
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        LaneEvent.Sent.class,
                        sent -> assertThat(sent.result()).isEqualTo(new SendResult.Failed(reason)));
    }

    private AttemptPipeline pipeline(HostResolver resolver, Executor lookups) {
        AddressBook book =
                new ResolvingAddressBook(resolver, new EgressGuard(new AddressPolicy(List.of())), lookups, LONG);
        return new AttemptPipeline(book, new Recorder(), "Hookswitch/test", clock, nanos::get, events::add);
    }

    private static InetAddress[] addresses(String... literals) {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            try {
                addresses[i] = InetAddress.getByName(literals[i]);
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        return addresses;
    }

    /** Keeps what it is given and answers nothing. */
    private final class Recorder implements HttpSender {
        @Override
        public void send(HttpPost post, Consumer<SendResult> whenDone) {
            posts.add(post);
        }

        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
