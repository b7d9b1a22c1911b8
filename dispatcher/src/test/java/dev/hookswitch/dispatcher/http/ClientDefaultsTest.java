package dev.hookswitch.dispatcher.http;

import static dev.hookswitch.dispatcher.http.Client.post;
import static dev.hookswitch.dispatcher.http.HostileServerTest.answered;
import static dev.hookswitch.dispatcher.http.HostileServerTest.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.AttemptResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What the client would do by itself, and must not: beside what the tests of servers and connections show already. */
class ClientDefaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static RawServer answering(String answer) {
        return new RawServer(peer -> {
            while (true) {
                RawServer.Request unused = peer.read();
                peer.write(answer);
            }
        });
    }

    /** Five connections to a host and 25 in all are the default, and what comes beyond waits. */
    @Test
    void noRequestWaitsForTheConnectionOfAnother() {
        int count = 120;
        CountDownLatch all = new CountDownLatch(count);
        try (Client client = new Client();
                RawServer server = new RawServer(peer -> {
                    peer.read();
                    all.countDown();
                    if (all.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                        peer.write(OK);
                    }
                    peer.awaitEnd();
                })) {
            List<CompletableFuture<SendResult>> sent = IntStream.range(0, count)
                    .mapToObj(i -> client.begin(post(server.port(), Client.DEADLINE)))
                    .toList();

            assertThat(sent).allSatisfy(result -> assertThat(result.join()).isEqualTo(answered(200)));
        }
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void headersAreLimited(int count, boolean taken) {
        try (Client client = new Client();
                RawServer server =
                        answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + "X: 1\r\n".repeat(count - 1) + "\r\n")) {
            assertThat(client.send(server.port())).isEqualTo(taken ? answered(200) : failed(AttemptResult.TRANSPORT));
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, true", "8200, false"})
    void linesAreLimited(int length, boolean taken) {
        try (Client client = new Client();
                RawServer server = answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + "x".repeat(length - 3) + "\r\n\r\n")) {
            assertThat(client.send(server.port())).isEqualTo(taken ? answered(200) : failed(AttemptResult.TRANSPORT));
        }
    }

    @ParameterizedTest
    @CsvSource({"8, true", "9, false"})
    void informationalResponsesAreLimited(int count, boolean taken) {
        try (Client client = new Client();
                RawServer server = answering("HTTP/1.1 102 Wait\r\n\r\n".repeat(count) + OK)) {
            assertThat(client.send(server.port())).isEqualTo(taken ? answered(200) : failed(AttemptResult.TRANSPORT));
        }
    }

    /** Three minutes, or for ever when the server says so, are the default. */
    @ParameterizedTest
    @CsvSource({"60, 300", "1, 600000"})
    void keepAliveIsTheShorterOfTheServersAndOurs(int serverSeconds, long oursMillis) {
        try (Client client = new Client(Duration.ofMillis(oursMillis), address -> true, Client.defaultTls());
                RawServer server = answering(
                        "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=" + serverSeconds + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(client.send(server.port())).isEqualTo(answered(200));
            assertThat(server.accepted()).isEqualTo(1);

            await().atMost(LIMIT).until(() -> server.cutOff() == 1);
        }
    }

    @Test
    void threadsAreAsManyAsAsked() {
        Set<Thread> before = reactorThreads();
        PinnedHttpClient.Options options =
                new PinnedHttpClient.Options(3, 100, Duration.ofSeconds(5), Client.defaultTls(), Optional.empty());
        try (PinnedHttpClient client = new PinnedHttpClient(options, address -> true)) {
            assertThat(client.alive()).isTrue();
            await().atMost(LIMIT).until(() -> threadsBeside(before) == 3);
        }
        await().atMost(LIMIT).until(() -> threadsBeside(before) == 0);
    }

    /** Without those of clients that other tests have just closed. */
    private static int threadsBeside(Set<Thread> before) {
        Set<Thread> threads = reactorThreads();
        threads.removeAll(before);
        return threads.size();
    }

    private static Set<Thread> reactorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("httpclient-dispatch"))
                .collect(Collectors.toSet());
    }

    /** A client that heeds them would keep no connection, say that it is somebody else, or call a proxy that is not there. */
    @Test
    void systemPropertiesChangeNothing() {
        Map<String, String> misleading = Map.of(
                "http.keepAlive", "false",
                "http.agent", "Somebody/1.0",
                "http.proxyHost", "127.0.0.1",
                "http.proxyPort", "1",
                "http.nonProxyHosts", "",
                "http.maxConnections", "1");
        Map<String, Optional<String>> before = new HashMap<>();
        misleading.forEach((name, value) -> before.put(name, Optional.ofNullable(System.setProperty(name, value))));
        List<RawServer.Request> requests = new ArrayList<>();
        try (Client client = new Client();
                RawServer server = new RawServer(peer -> {
                    while (true) {
                        requests.add(peer.read());
                        peer.write(OK);
                    }
                })) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(server.port())).isEqualTo(answered(200));
                client.awaitIdle();
            }
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(requests)
                    .allSatisfy(request -> assertThat(request.headers()).contains("User-Agent: Hookswitch/test"));
        } finally {
            before.forEach((name, value) ->
                    value.ifPresentOrElse(text -> System.setProperty(name, text), () -> System.clearProperty(name)));
        }
    }

    /** They would print bodies and signatures, and at DEBUG of everything they would be on. */
    @Test
    void wireAndHeaderLogsAreOffAtEveryLevel() {
        for (String logger : List.of("org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers")) {
            assertThat(LoggerFactory.getLogger(logger).isErrorEnabled())
                    .as(logger)
                    .isFalse();
        }
    }

    /** With a logging configuration of the operator's own. */
    @Test
    void clientThatWouldLogBodiesDoesNotStart() {
        for (String logger : List.of("org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers")) {
            Configurator.setLevel(logger, Level.DEBUG);
            try {
                assertThatThrownBy(Client::new)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("logger " + logger + " must be off");
            } finally {
                Configurator.setLevel(logger, Level.OFF);
            }
        }
    }

    /** An error on a thread of the client ends that thread for good: the process must then be replaced. */
    @Test
    void deadReactorIsNotAlive() {
        AtomicInteger told = new AtomicInteger();
        try (Client client = new Client();
                RawServer server = answering(OK)) {
            client.http.send(post(server.port(), Client.DEADLINE), result -> {
                told.incrementAndGet();
                throw new StackOverflowError("deliberate");
            });
            await().dontCatchUncaughtExceptions().atMost(LIMIT).until(() -> told.get() == 1);

            await().dontCatchUncaughtExceptions().atMost(LIMIT).until(() -> {
                SendResult unused = client.send(post(server.port(), Duration.ofMillis(500)));
                return !client.http.alive();
            });
            assertThat(client.send(server.port())).isEqualTo(failed(AttemptResult.INTERNAL));
        }
    }
}
