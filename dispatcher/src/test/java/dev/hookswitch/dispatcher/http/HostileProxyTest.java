package dev.hookswitch.dispatcher.http;

import static dev.hookswitch.dispatcher.http.Client.post;
import static dev.hookswitch.dispatcher.http.HostileServerTest.answered;
import static dev.hookswitch.dispatcher.http.HostileServerTest.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.AttemptResult;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that fail or misbehave: no endpoint is charged with it, and nothing is held afterwards. */
class HostileProxyTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NAME = "hooks.example.com";
    private static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";

    private static SSLContext certified;
    private static SSLContext trust;

    private final List<Client> clients = new ArrayList<>();

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        TestKeys keys = new TestKeys(folder).selfSigned("server", NAME);
        certified = keys.server("server");
        trust = keys.trusting("server");
    }

    @AfterEach
    void nothingIsLeftBehind() {
        for (Client client : clients) {
            client.awaitIdle();
            assertThat(client.results()).isEqualTo(client.begun());
            client.close();
        }
    }

    private Client through(int port) {
        Client client = new Client(LIMIT, address -> true, trust, ProxyTest.proxyAt(port));
        clients.add(client);
        return client;
    }

    private static HttpPost secure(Duration deadline) {
        return post(true, NAME, 443, new byte[] {'{', '}'}, deadline);
    }

    private static HttpPost plain(Duration deadline) {
        return post(false, NAME, 80, new byte[] {'{', '}'}, deadline);
    }

    @Test
    void refusesConnections() throws IOException {
        try (Socket nobody = Client.refusing()) {
            Client client = through(nobody.getLocalPort());

            assertThat(client.send(secure(Client.DEADLINE))).isEqualTo(failed(AttemptResult.INTERNAL));
            assertThat(client.send(plain(Client.DEADLINE))).isEqualTo(failed(AttemptResult.INTERNAL));
        }
    }

    /** With its backlog full, the kernel leaves further connections without an answer. */
    @Test
    void neverAcceptsConnections() throws IOException {
        List<SocketChannel> others = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, Client.address(127, 0, 0, 1))) {
            for (int i = 0; i < 4; i++) {
                SocketChannel other = SocketChannel.open();
                others.add(other);
                other.configureBlocking(false);
                boolean unused = other.connect(full.getLocalSocketAddress());
            }
            Client client = through(full.getLocalPort());

            assertThat(client.send(secure(SHORT))).isEqualTo(failed(AttemptResult.INTERNAL));
            assertThat(client.send(plain(SHORT))).isEqualTo(failed(AttemptResult.INTERNAL));
        } finally {
            for (SocketChannel other : others) {
                other.close();
            }
        }
    }

    @Test
    void neverAnswersConnect() {
        AtomicBoolean asked = new AtomicBoolean();
        try (RawServer proxy = new RawServer(peer -> {
            peer.read();
            asked.set(true);
            peer.awaitEnd();
        })) {
            assertThat(through(proxy.port()).sendBriefly(asked::get, HostileProxyTest::secure))
                    .isEqualTo(failed(AttemptResult.INTERNAL));
            await().atMost(LIMIT).until(() -> proxy.ended() == proxy.accepted());
        }
    }

    @Test
    void dripsItsAnswerToConnect() {
        CountDownLatch stop = new CountDownLatch(1);
        AtomicBoolean dripping = new AtomicBoolean();
        try (RawServer proxy = new RawServer(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nX: ");
            dripping.set(true);
            while (!stop.await(20, TimeUnit.MILLISECONDS)) {
                peer.write("a");
            }
        })) {
            assertThat(through(proxy.port()).sendBriefly(dripping::get, HostileProxyTest::secure))
                    .isEqualTo(failed(AttemptResult.INTERNAL));
            await().atMost(LIMIT).until(() -> proxy.cutOff() == proxy.accepted());
        } finally {
            stop.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "407 Proxy Authentication Required, '', INTERNAL",
        "500 Internal Server Error, '', INTERNAL",
        "502 Bad Gateway, '', INTERNAL",
        "503 Service Unavailable, '', INTERNAL",
        "504 Gateway Timeout, '', INTERNAL",
        "302 Found, '', INTERNAL",
        "400 Bad Request, '', INTERNAL",
        "405 Method Not Allowed, '', INTERNAL",
        "503 Service Unavailable, 'squid; error=proxy_internal_error', INTERNAL",
        "403 Forbidden, '', EGRESS_DENIED",
        "502 Bad Gateway, 'squid; error=destination_ip_prohibited', EGRESS_DENIED",
        "502 Bad Gateway, 'squid; error=dns_error; rcode=\"NXDOMAIN\"', DNS",
        "504 Gateway Timeout, 'squid; error=dns_timeout', DNS_TIMEOUT",
        "504 Gateway Timeout, 'edge;error=connection_timeout', CONNECT_TIMEOUT",
        "502 Bad Gateway, 'squid; error=connection_refused', CONNECT"
    })
    void opensNoTunnel(String status, String proxyStatus, AttemptResult result) {
        String header = proxyStatus.isEmpty() ? "" : "Proxy-Status: " + proxyStatus + "\r\n";
        try (RawServer proxy = writing("HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 2\r\n\r\nno")) {
            assertThat(through(proxy.port()).send(secure(Client.DEADLINE))).isEqualTo(failed(result));
            await().atMost(LIMIT).until(() -> proxy.ended() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: x\r\n"
            })
    void closesOrSpeaksSomethingElse(String written) {
        try (RawServer proxy = new RawServer(peer -> {
            peer.read();
            peer.write(written);
        })) {
            assertThat(through(proxy.port()).send(secure(Client.DEADLINE))).isEqualTo(failed(AttemptResult.INTERNAL));
        }
    }

    @Test
    void floodsBeforeItsAnswer() {
        try (RawServer proxy = writing("HTTP/1.1 100 Wait\r\n\r\n".repeat(20_000) + OPEN)) {
            assertThat(through(proxy.port()).send(secure(Client.DEADLINE))).isEqualTo(failed(AttemptResult.INTERNAL));
        }
        try (RawServer proxy = writing("HTTP/1.1 200 OK\r\n" + "X: 1\r\n".repeat(10_000) + "\r\n")) {
            assertThat(through(proxy.port()).send(secure(Client.DEADLINE))).isEqualTo(failed(AttemptResult.INTERNAL));
        }
    }

    /** What comes once the tunnel stands is the endpoint's: a proxy says 200 when it has reached it. */
    @Test
    void opensTheTunnelAndCloses() {
        try (RawServer proxy = new RawServer(peer -> {
            peer.read();
            peer.write(OPEN);
        })) {
            assertThat(through(proxy.port()).send(secure(Client.DEADLINE))).isEqualTo(failed(AttemptResult.TLS));
        }
    }

    @Test
    void opensTheTunnelAndIsSilent() {
        AtomicBoolean greeted = new AtomicBoolean();
        try (RawServer proxy = new RawServer(peer -> {
            peer.read();
            peer.write(OPEN);
            TlsTest.readHello(peer);
            greeted.set(true);
            peer.awaitEnd();
        })) {
            assertThat(through(proxy.port()).sendBriefly(greeted::get, HostileProxyTest::secure))
                    .isEqualTo(failed(AttemptResult.TLS_TIMEOUT));
            await().atMost(LIMIT).until(() -> proxy.ended() == proxy.accepted());
        }
    }

    @Test
    void answersInTheEndpointsPlaceInTheClear() {
        try (RawServer proxy = writing(OPEN + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(through(proxy.port()).send(secure(SHORT))).isInstanceOf(SendResult.Failed.class);
        }
    }

    /** Half a head in the clear, which the endpoint's answer would complete. */
    @Test
    void beginsTheEndpointsAnswerInTheClear() {
        try (RawServer endpoint = new RawServer(
                        peer -> {
                            peer.read();
                            peer.write("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
                            peer.awaitEnd();
                        },
                        socket -> TestKeys.secured(certified, socket));
                RawServer proxy = new RawServer(peer -> {
                    peer.read();
                    peer.write(OPEN + "HTTP/1.1 200 Forged\r\nX: ");
                    peer.relay(new Socket(Client.address(127, 0, 0, 1), endpoint.port()));
                })) {
            assertThat(through(proxy.port()).send(secure(Client.DEADLINE))).isNotEqualTo(answered(200));
        }
    }

    @Test
    void wantsAPasswordForPlainHttp() {
        try (RawServer proxy = writing("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(through(proxy.port()).send(plain(Client.DEADLINE))).isEqualTo(failed(AttemptResult.INTERNAL));
        }
    }

    /** The deadline comes at every moment of CONNECT, handshake and exchange. */
    @Test
    void answersAtTheMomentOfTheDeadline() {
        int count = 200;
        try (RawServer endpoint = new RawServer(
                        peer -> {
                            while (true) {
                                RawServer.Request unused = peer.read();
                                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                            }
                        },
                        socket -> TestKeys.secured(certified, socket));
                RawServer proxy = new RawServer(peer -> {
                    peer.read();
                    new CountDownLatch(1).await(peer.number % 40, TimeUnit.MILLISECONDS);
                    peer.write(OPEN);
                    peer.relay(new Socket(Client.address(127, 0, 0, 1), endpoint.port()));
                })) {
            Client client = through(proxy.port());
            List<CompletableFuture<SendResult>> sent = IntStream.range(0, count)
                    .mapToObj(i -> client.begin(secure(Duration.ofMillis(1 + i % 100))))
                    .toList();

            assertThat(sent)
                    .allSatisfy(result -> assertThat(result.join())
                            .isIn(
                                    answered(200),
                                    failed(AttemptResult.TIMEOUT),
                                    failed(AttemptResult.TLS_TIMEOUT),
                                    failed(AttemptResult.CONNECT_TIMEOUT),
                                    failed(AttemptResult.INTERNAL),
                                    failed(AttemptResult.TRANSPORT_REUSED)));
            client.awaitIdle();
        }
    }

    private static RawServer writing(String text) {
        return new RawServer(peer -> {
            peer.read();
            peer.write(text);
            peer.awaitEnd();
        });
    }
}
