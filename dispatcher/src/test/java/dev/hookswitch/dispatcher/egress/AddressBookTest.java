package dev.hookswitch.dispatcher.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.egress.AddressPolicy;
import dev.hookswitch.common.egress.EndpointUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final AddressPolicy policy = new AddressPolicy(List.of());
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
        AddressBook book = new AddressBook(counting("93.184.216.34"), policy, Runnable::run, LONG);

        for (int i = 0; i < 100; i++) {
            assertThat(book.resolve(url("example.com")).join()).isInstanceOf(Resolution.Resolved.class);
        }
        book.resolve(url("other.example.com")).join();

        assertThat(lookups).hasValue(2);
    }

    @Test
    void thoseWhoAskAtTheSameTimeShareOneLookup() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AddressBook book = new AddressBook(
                host -> {
                    await(go);
                    return counting("93.184.216.34").resolve(host);
                },
                policy,
                threads,
                LONG);

        Future<Resolution> first = book.resolve(url("example.com"));
        Future<Resolution> second = book.resolve(url("example.com"));
        go.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(second.get(20, TimeUnit.SECONDS));
        assertThat(lookups).hasValue(1);
    }

    @Test
    void slowNameServerIsNotFoundInTime() {
        CountDownLatch never = new CountDownLatch(1);
        AddressBook book = new AddressBook(
                host -> {
                    await(never);
                    return addresses("93.184.216.34");
                },
                policy,
                threads,
                SHORT);

        assertThat(book.resolve(url("example.com")).join()).isEqualTo(new Resolution.NotFound());
        never.countDown();
    }

    /** The owner of a name must not take all look-ups from the others by never answering. */
    @Test
    void nameThatHangsHoldsOneThreadAlone() {
        CountDownLatch never = new CountDownLatch(1);
        AddressBook book = new AddressBook(
                host -> {
                    lookups.incrementAndGet();
                    if (host.equals("hangs.example.com")) {
                        await(never);
                    }
                    return addresses("93.184.216.34");
                },
                policy,
                threads,
                SHORT);

        long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
        while (System.nanoTime() < end) {
            assertThat(book.resolve(url("hangs.example.com")).join()).isEqualTo(new Resolution.NotFound());
        }

        assertThat(lookups).hasValue(1);
        AddressBook patient = book;
        assertThat(patient.resolve(url("example.com")).join())
                .isIn(new Resolution.Resolved(List.of(address("93.184.216.34"))), new Resolution.Busy());
        never.countDown();
    }

    @Test
    void lookupThatNeverBeganIsOurOwnTrouble() {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        AddressBook book = new AddressBook(counting("93.184.216.34"), policy, waiting::add, SHORT);

        assertThat(book.resolve(url("example.com")).join()).isEqualTo(new Resolution.Busy());

        waiting.forEach(Runnable::run);
        assertThat(lookups).as("nobody waits for it any more").hasValue(0);
    }

    @Test
    void fullPoolIsOurOwnTrouble() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        AddressBook book = new AddressBook(counting("93.184.216.34"), policy, full, LONG);

        assertThat(book.resolve(url("example.com")).join()).isEqualTo(new Resolution.Busy());
    }

    private Resolution resolve(HostResolver resolver, String host) {
        return new AddressBook(resolver, policy, Runnable::run, LONG)
                .resolve(url(host))
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
