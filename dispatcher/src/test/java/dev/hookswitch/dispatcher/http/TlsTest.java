package dev.hookswitch.dispatcher.http;

import static dev.hookswitch.dispatcher.http.Client.post;
import static dev.hookswitch.dispatcher.http.HostileServerTest.answered;
import static dev.hookswitch.dispatcher.http.HostileServerTest.failed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.AttemptResult;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are verified, and for the name in the URL. */
class TlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NAME = "hooks.example.com";

    private static SSLContext server;
    private static Client trusting;
    private static Client ordinary;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        TestKeys keys = new TestKeys(folder).selfSigned("server", NAME);
        server = keys.server("server");
        trusting = new Client(LIMIT, address -> true, keys.trusting("server"));
        ordinary = new Client();
    }

    @AfterAll
    static void close() {
        trusting.close();
        ordinary.close();
    }

    @Test
    void trustedCertificateOfTheNameIsAccepted() {
        Queue<String> names = new ConcurrentLinkedQueue<>();
        try (RawServer secure = new RawServer(TlsTest::answer, tls(server, names))) {
            assertThat(trusting.send(to(NAME, secure))).isEqualTo(answered(200));
            await().atMost(LIMIT).until(trusting::isIdle);
            assertThat(trusting.send(to(NAME, secure))).isEqualTo(answered(200));

            assertThat(secure.accepted()).as("connections are kept").isEqualTo(1);
            assertThat(names).as("server name indication").containsExactly(NAME);
        }
    }

    @Test
    void selfSignedCertificateIsRefused() {
        try (RawServer secure = new RawServer(TlsTest::answer, tls(server, new ConcurrentLinkedQueue<>()))) {
            assertThat(ordinary.send(to(NAME, secure))).isEqualTo(failed(AttemptResult.TLS));
            await().atMost(LIMIT).until(ordinary::isIdle);
        }
    }

    @Test
    void certificateOfAnotherNameIsRefused() {
        try (RawServer secure = new RawServer(TlsTest::answer, tls(server, new ConcurrentLinkedQueue<>()))) {
            for (String other : List.of("example.com", "www.hooks.example.com", "hooks.example.org", "127.0.0.1")) {
                assertThat(trusting.send(to(other, secure))).as(other).isEqualTo(failed(AttemptResult.TLS));
            }
            await().atMost(LIMIT).until(trusting::isIdle);
        }
    }

    @Test
    void oldProtocolIsRefused() {
        Function<Socket, Socket> old = socket -> {
            SSLSocket tls = TestKeys.secured(server, socket);
            tls.setEnabledProtocols(new String[] {"TLSv1.1"});
            return tls;
        };
        try (RawServer secure = new RawServer(TlsTest::answer, old)) {
            assertThat(trusting.send(to(NAME, secure))).isInstanceOf(SendResult.Failed.class);
        }
    }

    @Test
    void plainServerIsNoTlsServer() {
        try (RawServer plain = new RawServer(peer -> {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            peer.awaitEnd();
        })) {
            assertThat(trusting.send(to(NAME, plain))).isEqualTo(failed(AttemptResult.TLS));
        }
    }

    /** The pool does not know a connection before its handshake has ended, so nobody else would close this socket. */
    @Test
    void handshakeThatNeverEndsIsClosedAtTheDeadline() {
        try (RawServer silent = new RawServer(RawServer.Peer::awaitEnd)) {
            HttpPost post = post(true, NAME, silent.port(), new byte[0], Duration.ofMillis(300));

            assertThat(trusting.send(post)).isEqualTo(failed(AttemptResult.TIMEOUT));

            await().atMost(Duration.ofSeconds(10)).until(() -> silent.ended() == 1);
            await().atMost(LIMIT).until(trusting::isIdle);
        }
    }

    private static HttpPost to(String host, RawServer server) {
        return post(true, host, server.port(), new byte[] {'{', '}'}, Client.DEADLINE);
    }

    private static void answer(RawServer.Peer peer) throws IOException {
        while (true) {
            RawServer.Request unused = peer.read();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private static Function<Socket, Socket> tls(SSLContext context, Queue<String> names) {
        return socket -> {
            SSLSocket tls = TestKeys.secured(context, socket);
            tls.addHandshakeCompletedListener(done -> ((ExtendedSSLSession) done.getSession())
                    .getRequestedServerNames()
                    .forEach(name -> names.add(new String(name.getEncoded(), UTF_8))));
            return tls;
        };
    }
}
