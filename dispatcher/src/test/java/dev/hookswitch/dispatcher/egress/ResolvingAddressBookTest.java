package dev.hookswitch.dispatcher.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.egress.AddressPolicy;
import dev.hookswitch.common.egress.EndpointUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResolvingAddressBookTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final EgressGuard guard = new EgressGuard(new AddressPolicy(List.of()));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicInteger lookups = new AtomicInteger();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void givesAllAddressesAndTriesThemInTurn() {
        Resolution found = resolve(host -> addresses("93.184.216.34", "2606:4700::1111"), "example.com");

        Resolution.Resolved resolved = (Resolution.Resolved) found;
        assertThat(List.of(1, 2, 3, 4))
                .extracting(resolved::forAttempt)
                .extracting(InetAddress::getHostAddress)
                .containsExactly(
                        "93.184.216.34", "2606:4700:0:0:0:0:0:1111", "93.184.216.34", "2606:4700:0:0:0:0:0:1111");
    }

    /** Every other retry of an endpoint with both kinds of addresses failed at once, where a machine has no IPv6. */
    @Test
    void noAttemptGoesWhereThisMachineHasNoWay() {
        guard.know(OwnNetwork.of(
                Set.of(address("10.0.0.5"), address("127.0.0.1"), address("::1"), address("fe80::1")), Map.of()));

        assertThat(resolve(host -> addresses("93.184.216.34", "2606:4700::1111"), "example.com"))
                .isEqualTo(new Resolution.Resolved(List.of(address("93.184.216.34"))));
        assertThat(resolve(host -> addresses("2606:4700::1111"), "example.com"))
                .as("better than nothing")
                .isEqualTo(new Resolution.Resolved(List.of(address("2606:4700::1111"))));
        assertThat(resolve(host -> addresses("93.184.216.34", "::1"), "example.com"))
                .as("every address is judged all the same")
                .isEqualTo(new Resolution.Denied());
    }

    @Test
    void oneDeniedAddressRefusesTheWholeAnswer() {
        assertThat(resolve(host -> addresses("93.184.216.34", "10.0.0.1"), "example.com"))
                .isEqualTo(new Resolution.Denied());
        assertThat(resolve(host -> addresses("::1", "93.184.216.34"), "example.com"))
                .isEqualTo(new Resolution.Denied());
    }

    @Test
    void everyAddressIsCheckedHoweverLongTheAnswer() {
        InetAddress[] many = new InetAddress[400];
        for (int i = 0; i < many.length - 1; i++) {
            many[i] = address("93.184.216." + (i % 250));
        }
        many[many.length - 1] = address("169.254.169.254");

        assertThat(resolve(host -> many, "example.com")).isEqualTo(new Resolution.Denied());
    }

    @Test
    void literalsAreCheckedAndNotLookedUp() {
        HostResolver none = host -> {
            throw new AssertionError("looked up " + host);
        };

        assertThat(resolve(none, "127.0.0.1")).isEqualTo(new Resolution.Denied());
        assertThat(resolve(none, "[::ffff:127.0.0.1]")).isEqualTo(new Resolution.Denied());
        assertThat(resolve(none, "[::1]")).isEqualTo(new Resolution.Denied());
        assertThat(resolve(none, "93.184.216.34"))
                .isEqualTo(new Resolution.Resolved(List.of(address("93.184.216.34"))));
    }

    @Test
    void namesWithoutAnAddressAreNotFound() {
        assertThat(resolve(
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        "example.com"))
                .isEqualTo(new Resolution.NotFound());
        assertThat(resolve(host -> new InetAddress[0], "example.com")).isEqualTo(new Resolution.NotFound());
        assertThat(resolve(
                        host -> {
                            throw new IllegalStateException("a resolver's own trouble");
                        },
                        "example.com"))
                .isEqualTo(new Resolution.NotFound());
    }

    @Test
    void answersAreKeptForAWhile() {
        AddressBook book = new ResolvingAddressBook(counting("93.184.216.34"), guard, Runnable::run, LONG);

        for (int i = 0; i < 100; i++) {
            assertThat(book.resolve(url("example.com"), LONG).join()).isInstanceOf(Resolution.Resolved.class);
        }
        book.resolve(url("other.example.com"), LONG).join();

        assertThat(lookups).hasValue(2);
    }

    @Test
    void thoseWhoAskAtTheSameTimeShareOneLookup() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AddressBook book = new ResolvingAddressBook(
                host -> {
                    await(go);
                    return counting("93.184.216.34").resolve(host);
                },
                guard,
                threads,
                LONG);

        Future<Resolution> first = book.resolve(url("example.com"), LONG);
        Future<Resolution> second = book.resolve(url("example.com"), LONG);
        go.countDown();

        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(second.get(30, TimeUnit.SECONDS));
        assertThat(lookups).hasValue(1);
    }

    @Test
    void slowNameServerIsNotFoundInTime() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AddressBook book = new ResolvingAddressBook(
                host -> {
                    begun.countDown();
                    await(never);
                    return addresses("93.184.216.34");
                },
                guard,
                beginning(begun),
                SHORT);

        assertThat(book.resolve(url("example.com"), LONG).join()).isEqualTo(new Resolution.NotInTime());
        never.countDown();
    }

    /** However patient the setting is: each waits for as long as its own attempt has left. */
    @Test
    void nobodyWaitsLongerThanItsAttemptHasLeft() {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AddressBook book = new ResolvingAddressBook(
                host -> {
                    begun.countDown();
                    await(go);
                    return addresses("93.184.216.34");
                },
                guard,
                beginning(begun),
                LONG);
        Future<Resolution> patient = book.resolve(url("example.com"), LONG);

        assertThat(book.resolve(url("example.com"), SHORT)).succeedsWithin(LONG).isEqualTo(new Resolution.NotInTime());
        assertThat(book.resolve(url("example.com"), Duration.ofSeconds(-1)).join())
                .isEqualTo(new Resolution.NotInTime());

        assertThat(patient).as("one that can wait longer").isNotDone();
        go.countDown();
        assertThat(patient).succeedsWithin(LONG).isEqualTo(new Resolution.Resolved(List.of(address("93.184.216.34"))));
    }

    @Test
    void lookupThatDidNotBeginWhileTheAttemptLastedIsOurOwnTrouble() {
        AddressBook book = new ResolvingAddressBook(counting("93.184.216.34"), guard, task -> {}, LONG);

        assertThat(book.resolve(url("example.com"), SHORT).join()).isEqualTo(new Resolution.Busy());
    }

    /** One answer, two ports: what is judged is address and port, each time anew. */
    @Test
    void ownServiceIsDeniedOnItsPortAloneAndAtOnce() {
        EgressGuard opened = EgressGuardTest.guard("10.0.0.0/8");
        AddressBook book = new ResolvingAddressBook(counting("10.0.0.9"), opened, Runnable::run, LONG);
        EndpointUrl broker = EndpointUrl.parse("https://kafka.example.com:9192/hook", false, Set.of());
        assertThat(book.resolve(broker, LONG).join()).isInstanceOf(Resolution.Resolved.class);

        opened.know(OwnNetwork.of(Set.of(), Map.of(new OwnService("kafka", 9192), List.of(address("10.0.0.9")))));

        assertThat(book.resolve(broker, LONG).join()).isEqualTo(new Resolution.Denied());
        assertThat(book.resolve(url("kafka.example.com"), LONG).join()).isInstanceOf(Resolution.Resolved.class);
        assertThat(lookups).hasValue(1);
    }

    /** The owner of a name must not take all look-ups from the others by never answering. */
    @Test
    void nameThatHangsHoldsOneThreadAlone() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AddressBook book = new ResolvingAddressBook(
                host -> {
                    lookups.incrementAndGet();
                    begun.countDown();
                    if (host.equals("hangs.example.com")) {
                        await(never);
                    }
                    return addresses("93.184.216.34");
                },
                guard,
                beginning(begun),
                SHORT);

        // Longer than a failure is kept, so that it is looked up anew.
        long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
        while (System.nanoTime() < end) {
            assertThat(book.resolve(url("hangs.example.com"), LONG).join()).isEqualTo(new Resolution.NotInTime());
        }

        assertThat(lookups).hasValue(1);
        AtomicInteger others = new AtomicInteger();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> book.resolve(url("other-" + others.incrementAndGet() + ".example.com"), LONG)
                        .join()
                        .equals(new Resolution.Resolved(List.of(address("93.184.216.34")))));
        never.countDown();
    }

    @Test
    void lookupThatNeverBeganIsOurOwnTrouble() {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        AddressBook book = new ResolvingAddressBook(counting("93.184.216.34"), guard, waiting::add, SHORT);

        assertThat(book.resolve(url("example.com"), LONG).join()).isEqualTo(new Resolution.Busy());

        waiting.forEach(Runnable::run);
        assertThat(lookups).as("nobody waits for it any more").hasValue(0);
    }

    @Test
    void fullPoolIsOurOwnTrouble() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        AddressBook book = new ResolvingAddressBook(counting("93.184.216.34"), guard, full, LONG);

        assertThat(book.resolve(url("example.com"), LONG).join()).isEqualTo(new Resolution.Busy());
    }

    /** Runs look-ups and returns when the first has begun: what has not counts as our own trouble. */
    private Executor beginning(CountDownLatch begun) {
        return task -> {
            threads.execute(task);
            await(begun);
        };
    }

    private Resolution resolve(HostResolver resolver, String host) {
        return new ResolvingAddressBook(resolver, guard, Runnable::run, LONG)
                .resolve(url(host), LONG)
                .join();
    }

    private HostResolver counting(String... answer) {
        return host -> {
            lookups.incrementAndGet();
            return addresses(answer);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EndpointUrl url(String host) {
        return EndpointUrl.parse("https://" + host + "/hook", false, Set.of());
    }

    private static InetAddress[] addresses(String... texts) {
        InetAddress[] addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            addresses[i] = address(texts[i]);
        }
        return addresses;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
