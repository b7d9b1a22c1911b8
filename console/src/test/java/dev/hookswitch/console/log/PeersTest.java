package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a console does when the one that has a partition is dead, hangs, or has lost it. */
class PeersTest {
    private static final String SECRET = "a secret of sixteen";
    private static final Ask ASK = new Ask(new EndpointId("acme", "wh_1"), null, LogQuery.newest(1));
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<PeerServer> servers = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        servers.forEach(PeerServer::close);
    }

    private static PeerSettings settings(Optional<URI> own) {
        return new PeerSettings(own, "127.0.0.1", 0, SECRET);
    }

    private static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private URI serves(Optional<Answer> answer) throws IOException {
        PeerServer server = PeerServer.start(settings(Optional.empty()), ask -> {
            asked.incrementAndGet();
            return answer;
        });
        servers.add(server);
        return url(server.port());
    }

    private static Optional<Answer> page(String next) {
        return Optional.of(Answer.page(new LogPage(List.of(), next)));
    }

    private static URI dead() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return url(socket.getLocalPort());
        }
    }

    /** Each look finds the next of these, and the last one ever after. */
    private static Peers peers(Optional<URI> own, Duration limit, URI... owners) {
        Deque<URI> left = new ArrayDeque<>(List.of(owners));
        Owners known = new Owners(() -> Map.of(0, left.size() > 1 ? left.remove() : left.element()));
        known.refresh();
        return new Peers(settings(own), known, limit);
    }

    @Test
    void asksTheOneThatHasIt() throws IOException {
        Peers peers = peers(Optional.empty(), LONG, serves(page("one")));

        assertThat(peers.ask(0, ASK).asPage().nextCursor()).isEqualTo("one");
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksTheNextOneWhenTheFirstIsDeadOrHasLostIt() throws IOException {
        assertThat(peers(Optional.empty(), LONG, dead(), serves(page("two")))
                        .ask(0, ASK)
                        .asPage()
                        .nextCursor())
                .isEqualTo("two");
        assertThat(peers(Optional.empty(), LONG, serves(Optional.empty()), serves(page("three")))
                        .ask(0, ASK)
                        .asPage()
                        .nextCursor())
                .isEqualTo("three");
    }

    @Test
    void saysThatNobodyAnswersWhenNobodyDoes() throws IOException {
        Peers peers = peers(Optional.empty(), LONG, dead());

        assertThatThrownBy(() -> peers.ask(0, ASK))
                .isInstanceOfSatisfying(
                        LogUnavailable.class, e -> assertThat(e.retryAfter()).isPositive());
        assertThatThrownBy(() -> peers.ask(1, ASK))
                .as("of which nobody has written")
                .isInstanceOf(LogUnavailable.class);
    }

    @Test
    void neverAsksItself() throws IOException {
        URI own = serves(page("own"));
        Peers peers = peers(Optional.of(own), LONG, own);

        assertThatThrownBy(() -> peers.ask(0, ASK)).isInstanceOf(LogUnavailable.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void oneThatHangsIsNotAskedTwice() throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        PeerServer hangs = PeerServer.start(settings(Optional.empty()), ask -> {
            asked.incrementAndGet();
            awaitEnd(end);
            return Optional.empty();
        });
        servers.add(hangs);
        Peers peers = peers(Optional.empty(), Duration.ofMillis(500), url(hangs.port()));

        assertThatThrownBy(() -> peers.ask(0, ASK)).isInstanceOf(LogUnavailable.class);
        assertThat(asked.get()).isLessThan(2);
        end.countDown();
    }

    @Test
    void oneThatHangsHoldsFewWhoAsk() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        PeerServer hangs = PeerServer.start(settings(Optional.empty()), ask -> {
            awaitEnd(end);
            return page("late");
        });
        servers.add(hangs);
        Peers peers = peers(Optional.empty(), LONG, url(hangs.port()));
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> peers.ask(0, ASK), threads));
            }
            await().atMost(LONG)
                    .until(() -> answers.stream()
                                    .filter(CompletableFuture::isCompletedExceptionally)
                                    .count()
                            == 4);
            end.countDown();
            await().atMost(LONG).until(() -> answers.stream().allMatch(CompletableFuture::isDone));
            assertThat(answers.stream().filter(answer -> !answer.isCompletedExceptionally()))
                    .hasSize(16);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
