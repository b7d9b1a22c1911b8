package dev.hookswitch.dispatcher.http;

import static dev.hookswitch.dispatcher.http.Client.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.AttemptResult;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that misbehave. Whatever they do, there is one result, and nothing is held afterwards. */
class HostileServerTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    /** What must be done before it, a slow machine does within it. */
    private static final Duration LONGER = Duration.ofSeconds(3);

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Client client = new Client();
    /** Each test ends here: one result for each request, and no connection, socket or deadline left behind. */
    @AfterEach
    void nothingIsLeftBehind() {
        client.awaitIdle();
        assertThat(client.results()).isEqualTo(client.begun());
        client.close();
    }

    @Test
    void neverAnswers() {
        AtomicBoolean asked = new AtomicBoolean();
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            asked.set(true);
            peer.awaitEnd();
        })) {
            assertThat(client.sendBriefly(asked::get, deadline -> post(server.port(), deadline)))
                    .isEqualTo(failed(AttemptResult.TIMEOUT));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(client.http.counts().idle()).isZero());
        }
    }

    /** With its backlog full, the kernel leaves further connections without an answer. */
    @Test
    void neverAcceptsTheConnection() throws IOException {
        List<SocketChannel> others = new ArrayList<>();
        try (ServerSocket full = fullServer(others)) {
            assertThat(client.send(post(full.getLocalPort(), SHORT))).isEqualTo(failed(AttemptResult.CONNECT_TIMEOUT));
        } finally {
            close(others);
        }
    }

    /** TLS never begins, since no connection does. */
    @Test
    void neverAcceptsTheConnectionForTls() throws IOException {
        List<SocketChannel> others = new ArrayList<>();
        try (ServerSocket full = fullServer(others)) {
            HttpPost secure = post(true, "example.com", full.getLocalPort(), new byte[0], SHORT);

            assertThat(client.send(secure)).isEqualTo(failed(AttemptResult.CONNECT_TIMEOUT));
        } finally {
            close(others);
        }
    }

    private static ServerSocket fullServer(List<SocketChannel> others) throws IOException {
        ServerSocket full = new ServerSocket(0, 1, Client.address(127, 0, 0, 1));
        for (int i = 0; i < 4; i++) {
            SocketChannel other = SocketChannel.open();
            others.add(other);
            other.configureBlocking(false);
            boolean unused = other.connect(full.getLocalSocketAddress());
        }
        return full;
    }

    private static void close(List<SocketChannel> others) throws IOException {
        for (SocketChannel other : others) {
            other.close();
        }
    }

    /** It has the request and keeps the connection that it has answered on before. */
    @Test
    void fallsSilentOnAKeptConnection() {
        try (RawServer server = new RawServer(peer -> {
            RawServer.Request unused = peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            peer.awaitEnd();
        })) {
            assertThat(client.send(server.port())).isEqualTo(answered(200));
            await().atMost(LIMIT).until(() -> client.http.counts().idle() == 1);

            assertThat(client.send(post(server.port(), LONGER))).isEqualTo(failed(AttemptResult.TIMEOUT));
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void refusesTheConnection() throws IOException {
        try (Socket nobody = Client.refusing()) {
            assertThat(client.send(nobody.getLocalPort())).isEqualTo(failed(AttemptResult.CONNECT));
        }
    }

    /** An inactivity timeout would never end this. */
    @Test
    void dripsItsHeaders() {
        CountDownLatch stop = new CountDownLatch(1);
        AtomicBoolean dripping = new AtomicBoolean();
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nX: ");
            dripping.set(true);
            while (!stop.await(20, TimeUnit.MILLISECONDS)) {
                peer.write("a");
            }
        })) {
            assertThat(client.sendBriefly(dripping::get, deadline -> post(server.port(), deadline)))
                    .isEqualTo(failed(AttemptResult.TIMEOUT));
            await().atMost(LIMIT).until(() -> server.cutOff() == server.accepted());
        } finally {
            stop.countDown();
        }
    }

    @Test
    void dripsItsBodyForEverAfterItsStatus() {
        CountDownLatch stop = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (!stop.await(20, TimeUnit.MILLISECONDS)) {
                peer.write("a");
            }
        })) {
            assertThat(client.send(post(server.port(), LONGER))).isEqualTo(answered(200));
            await().atMost(LIMIT).until(() -> server.cutOff() == server.accepted());
        } finally {
            stop.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"})
    void closesBeforeTheEndOfItsHeaders(String written) {
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write(written);
        })) {
            assertThat(client.send(server.port())).isEqualTo(failed(AttemptResult.TRANSPORT));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\n\r\nuntil the end"
            })
    void closesOrBreaksOffAfterItsHeaders(String written) {
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write(written);
        })) {
            assertThat(client.send(server.port())).isEqualTo(answered(200));
        }
    }

    @Test
    void resetsTheConnection() {
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.reset();
        })) {
            assertThat(client.send(server.port())).isEqualTo(failed(AttemptResult.TRANSPORT));
        }
    }

    @Test
    void sendsTenMegabytesAfterItsStatus() {
        AtomicLong taken = new AtomicLong();
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            String block = "x".repeat(100_000);
            for (int i = 0; i < 1_000; i++) {
                peer.write(block);
                taken.addAndGet(block.length());
            }
        })) {
            assertThat(client.send(server.port())).isEqualTo(answered(200));
            await().atMost(LIMIT).until(() -> server.cutOff() == 1);
            assertThat(taken).as("what fits between the sockets, and no more").hasValueLessThan(40_000_000);
        }
    }

    @Test
    void sendsTenThousandHeaders() {
        assertThat(answerWith("HTTP/1.1 200 OK\r\n" + "X: 1\r\n".repeat(10_000) + "\r\n"))
                .isEqualTo(failed(AttemptResult.TRANSPORT));
    }

    @Test
    void sendsAHeaderOfAMebibyte() {
        assertThat(answerWith("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n"))
                .isEqualTo(failed(AttemptResult.TRANSPORT));
    }

    @Test
    void sendsAStatusLineOfAMebibyte() {
        assertThat(answerWith("HTTP/1.1 200 " + "x".repeat(1 << 20) + "\r\n\r\n"))
                .isEqualTo(failed(AttemptResult.TRANSPORT));
    }

    @Test
    void sendsEmptyLinesForEver() {
        assertThat(answerWith("\r\n".repeat(100_000))).isEqualTo(failed(AttemptResult.TRANSPORT));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 103})
    void floodsWithInformationalResponses(int status) {
        assertThat(answerWith(("HTTP/1.1 " + status + " Wait\r\n\r\n").repeat(20_000)))
                .isEqualTo(failed(AttemptResult.TRANSPORT));
    }

    @Test
    void aFewInformationalResponsesAreFine() {
        String answers = String.join(
                "\r\n\r\n", "HTTP/1.1 100 Continue", "HTTP/1.1 103 Early Hints", "HTTP/1.1 204 No Content", "");

        assertThat(answerWith(answers)).isEqualTo(answered(204));
    }

    @Test
    void switchesProtocols() {
        assertThat(answerWith("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"))
                .isEqualTo(failed(AttemptResult.TRANSPORT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>hello</html>\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "220 mail.example.com ESMTP\r\n",
                "HTTP/9.9 200 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 12x\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n"
            })
    void speaksSomethingElse(String written) {
        assertThat(answerWith(written)).isEqualTo(failed(AttemptResult.TRANSPORT));
    }

    @Test
    void answersBeforeItHasReadTheBody() {
        byte[] large = new byte[50_000_000];
        CountDownLatch stop = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
            stop.await();
        })) {
            assertThat(client.send(post(false, "example.com", server.port(), large, Client.DEADLINE)))
                    .isEqualTo(answered(413));
            client.awaitIdle();
            assertThat(client.http.counts().idle())
                    .as("half a request is on that connection")
                    .isZero();
        } finally {
            stop.countDown();
        }
    }

    /** The deadline comes at every moment of the exchange, the answer comes at that moment too. */
    @Test
    void answersAtTheMomentOfTheDeadline() {
        int count = 300;
        try (RawServer server = new RawServer(peer -> {
            while (true) {
                int delay = peer.read().body().length() % 60;
                if (delay > 0) {
                    new CountDownLatch(1).await(delay, TimeUnit.MILLISECONDS);
                }
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        })) {
            List<CompletableFuture<SendResult>> sent = IntStream.range(0, count)
                    .mapToObj(i -> client.begin(
                            post(false, "example.com", server.port(), new byte[i % 60], Duration.ofMillis(1 + i % 50))))
                    .toList();

            assertThat(sent)
                    .allSatisfy(result -> assertThat(result.join())
                            .isIn(
                                    answered(200),
                                    failed(AttemptResult.CONNECT_TIMEOUT),
                                    failed(AttemptResult.TIMEOUT),
                                    failed(AttemptResult.TRANSPORT),
                                    failed(AttemptResult.TRANSPORT_REUSED)));
            client.awaitIdle();
        }
    }

    private SendResult answerWith(String text) {
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write(text);
            peer.awaitEnd();
        })) {
            return client.send(server.port());
        }
    }

    static SendResult answered(int status) {
        return new SendResult.Answered(status, null);
    }

    static SendResult failed(AttemptResult reason) {
        return new SendResult.Failed(reason);
    }
}
