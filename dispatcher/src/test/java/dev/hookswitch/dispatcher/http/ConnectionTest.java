package dev.hookswitch.dispatcher.http;

import static dev.hookswitch.dispatcher.http.Client.post;
import static dev.hookswitch.dispatcher.http.HostileServerTest.answered;
import static dev.hookswitch.dispatcher.http.HostileServerTest.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.AttemptResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the wire, and when a connection is used again. */
class ConnectionTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Client client = new Client();
    private final LinkedBlockingQueue<RawServer.Request> requests = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        client.awaitIdle();
        client.close();
    }

    /** The name exists in no DNS: that the request arrives shows that the address is the caller's. */
    @Test
    void sendsTheNameToThePinnedAddress() throws InterruptedException {
        try (RawServer server = answering(OK)) {
            assertThat(client.send(server.port())).isEqualTo(answered(200));

            RawServer.Request request = requests.take();
            assertThat(request.line()).isEqualTo("POST /hook?q=1 HTTP/1.1");
            assertThat(request.headers())
                    .containsExactlyInAnyOrder(
                            "Host: no-such-host.example.com:" + server.port(),
                            "Content-Length: 7",
                            "Connection: keep-alive",
                            "Content-Type: application/json",
                            "User-Agent: Hookswitch/test",
                            "webhook-id: msg_1");
            assertThat(request.body()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void emptyAndLargeBodiesArriveWhole() throws InterruptedException {
        try (RawServer server = answering(OK)) {
            for (int size : new int[] {0, 1, 1_000_000}) {
                byte[] body = new byte[size];
                Arrays.fill(body, (byte) 'x');
                assertThat(client.send(post(false, "example.com", server.port(), body, Client.DEADLINE)))
                        .isEqualTo(answered(200));
                RawServer.Request request = requests.take();
                assertThat(request.headers()).contains("Content-Length: " + size);
                assertThat(request.body()).hasSize(size);
            }
        }
    }

    @Test
    void fieldsCannotSmuggleOthers() throws InterruptedException {
        try (RawServer server = answering(OK)) {
            HttpPost plain = post(server.port(), Client.DEADLINE);
            HttpPost evil = new HttpPost(
                    false,
                    plain.host(),
                    plain.port(),
                    plain.pathAndQuery(),
                    plain.address(),
                    List.of(new HttpPost.Field("webhook-id", "a\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1")),
                    plain.body(),
                    plain.deadline());

            client.send(evil);

            assertThat(requests.take().headers()).noneMatch(header -> header.startsWith("X-Evil"));
            assertThat(requests).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n', 302",
        "'HTTP/1.1 307 Again\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n', 307",
        "'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n', 401",
        "'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n', 407",
        "'HTTP/1.1 408 Late\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', 408",
        "'HTTP/1.1 425 Early\r\nContent-Length: 0\r\n\r\n', 425",
        "'HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n', 429",
        "'HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n', 503"
    })
    void oneRequestGetsOneAnswerWhateverItSays(String answer, int status) throws InterruptedException {
        try (RawServer server = answering(answer)) {
            assertThat(((SendResult.Answered) client.send(server.port())).status())
                    .isEqualTo(status);

            requests.take();
            assertThat(requests.poll(200, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void cookiesAreNotReturned() throws InterruptedException {
        try (RawServer server = answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")) {
            client.send(server.port());
            client.send(server.port());

            requests.take();
            assertThat(requests.take().headers()).noneMatch(header -> header.startsWith("Cookie"));
        }
    }

    /** A body that says it is gzip and is not would fail a client that decodes. */
    @Test
    void bodiesAreNotDecoded() {
        try (RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nno")) {
            assertThat(client.send(server.port())).isEqualTo(answered(200));
            client.awaitIdle();
            assertThat(client.send(server.port())).isEqualTo(answered(200));
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void retryAfterIsPassedOn() {
        try (RawServer server = answering("HTTP/1.1 429 Slow\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(client.send(server.port())).isEqualTo(new SendResult.Answered(429, "17"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK,
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=60, max=9\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=soon\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"
            })
    void connectionIsUsedAgain(String answer) {
        try (RawServer server = answering(answer)) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(server.port())).isInstanceOf(SendResult.Answered.class);
                client.awaitIdle();
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=0\r\nContent-Length: 0\r\n\r\n"
            })
    void connectionThatTheServerEndsIsNotUsedAgain(String answer) {
        try (RawServer server = answering(answer)) {
            for (int i = 1; i <= 5; i++) {
                assertThat(client.send(server.port())).isInstanceOf(SendResult.Answered.class);
                client.awaitIdle();
                assertThat(server.accepted()).isEqualTo(i);
            }
            assertThat(client.http.counts().idle()).isZero();
        }
    }

    @Test
    void answerThatNobodyAskedForIsNotTakenForTheNextOne() {
        try (RawServer server = answering(OK + "HTTP/1.1 500 Forged\r\nContent-Length: 0\r\n\r\n")) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(server.port()))
                        .isIn(answered(200), failed(AttemptResult.TRANSPORT), failed(AttemptResult.TRANSPORT_REUSED));
            }
        }
    }

    @Test
    void requestOnAConnectionThatJustClosedIsReportedAndNotRepeated() throws InterruptedException {
        try (RawServer server = new RawServer(peer -> {
            requests.add(peer.read());
            peer.write(OK);
            if (peer.number == 1) {
                requests.add(peer.read());
            } else {
                peer.awaitEnd();
            }
        })) {
            assertThat(client.send(server.port())).isEqualTo(answered(200));
            client.awaitIdle();

            assertThat(client.send(server.port())).isEqualTo(failed(AttemptResult.TRANSPORT_REUSED));
            assertThat(requests).hasSize(2);
            assertThat(client.send(server.port())).isEqualTo(answered(200));
            assertThat(requests).hasSize(3);
        }
    }

    @Test
    void connectionThatClosedWhileIdleIsReplacedSilently() throws InterruptedException {
        CountDownLatch noticed = new CountDownLatch(1);
        try (RawServer server = new RawServer(peer -> {
            peer.read();
            peer.write(OK);
            if (peer.number == 1) {
                peer.finish();
            }
            peer.awaitEnd();
            noticed.countDown();
        })) {
            assertThat(client.send(server.port())).isEqualTo(answered(200));
            assertThat(noticed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(client.send(server.port())).isEqualTo(answered(200));
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void idleConnectionsAreClosedInTime() {
        try (Client brief = new Client(Duration.ofMillis(300), address -> true, Client.defaultTls());
                RawServer server = answering(OK)) {
            assertThat(brief.send(server.port())).isEqualTo(answered(200));

            await().atMost(LIMIT).until(() -> server.cutOff() == 1);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(brief.http.counts().idle()).isZero());
        }
    }

    @Test
    void hostHeaderHasNoDefaultPort() {
        HttpPost plain = post(80, Client.DEADLINE);
        HttpPost secure = post(true, "example.com", 443, new byte[0], Client.DEADLINE);
        HttpPost six = post(false, "2001:db8::1", 8080, new byte[0], Client.DEADLINE);

        assertThat(hostHeader(plain)).isEqualTo("no-such-host.example.com");
        assertThat(hostHeader(secure)).isEqualTo("example.com");
        assertThat(hostHeader(six)).isEqualTo("[2001:db8::1]:8080");
    }

    /** Ports below 1024 are not ours to listen on. */
    private static String hostHeader(HttpPost post) {
        return Requests.post(post, null).getAuthority().toString();
    }

    @Test
    void noConnectionIsOpenedToADeniedAddress() {
        InetAddress allowed = Client.address(127, 0, 0, 2);
        try (Client guarded = new Client(LIMIT, address -> allowed.equals(address.getAddress()), Client.defaultTls());
                RawServer server = answering(OK)) {
            for (int i = 0; i < 20; i++) {
                assertThat(guarded.send(server.port())).isEqualTo(failed(AttemptResult.EGRESS_DENIED));
            }
            assertThat(server.accepted()).isZero();
            guarded.awaitIdle();
        }
    }

    /** One address has both: what is ours to call and what is not. */
    @Test
    void noConnectionIsOpenedToADeniedPort() {
        try (RawServer denied = answering(OK);
                RawServer allowed = answering(OK);
                Client guarded =
                        new Client(LIMIT, address -> address.getPort() != denied.port(), Client.defaultTls())) {
            assertThat(guarded.send(denied.port())).isEqualTo(failed(AttemptResult.EGRESS_DENIED));
            assertThat(guarded.send(allowed.port())).isEqualTo(answered(200));
            assertThat(denied.accepted()).isZero();
        }
    }

    @Test
    void closedClientSendsNothingMore() {
        try (RawServer server = answering(OK)) {
            Client closed = new Client();
            closed.close();

            assertThat(closed.http.alive()).isFalse();
            assertThat(closed.send(server.port())).isEqualTo(failed(AttemptResult.INTERNAL));
            assertThat(server.accepted()).isZero();
        }
    }

    private RawServer answering(String answer) {
        return new RawServer(peer -> {
            while (true) {
                requests.add(peer.read());
                peer.write(answer);
            }
        });
    }
}
