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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
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
            trusting.awaitIdle();
            assertThat(trusting.send(to(NAME, secure))).isEqualTo(answered(200));

            assertThat(secure.accepted()).as("connections are kept").isEqualTo(1);
            assertThat(names).as("server name indication").containsExactly(NAME);
        }
    }

    @Test
    void selfSignedCertificateIsRefused() {
        try (RawServer secure = new RawServer(TlsTest::answer, tls(server, new ConcurrentLinkedQueue<>()))) {
            assertThat(ordinary.send(to(NAME, secure))).isEqualTo(failed(AttemptResult.TLS));
            ordinary.awaitIdle();
        }
    }

    @Test
    void certificateOfAnotherNameIsRefused() {
        try (RawServer secure = new RawServer(TlsTest::answer, tls(server, new ConcurrentLinkedQueue<>()))) {
            for (String other : List.of("example.com", "www.hooks.example.com", "hooks.example.org", "127.0.0.1")) {
                assertThat(trusting.send(to(other, secure))).as(other).isEqualTo(failed(AttemptResult.TLS));
            }
            trusting.awaitIdle();
        }
    }

    /** The TCP connection stood: an analyst must not be told that there was none. */
    @Test
    void connectionThatEndsInTheHandshakeHadNoTls() {
        try (RawServer closing = new RawServer(TlsTest::readHello);
                RawServer resetting = new RawServer(peer -> {
                    readHello(peer);
                    peer.reset();
                })) {
            assertThat(ordinary.send(to(NAME, closing))).isEqualTo(failed(AttemptResult.TLS));
            assertThat(ordinary.send(to(NAME, resetting))).isEqualTo(failed(AttemptResult.TLS));
            ordinary.awaitIdle();
        }
    }

    static void readHello(RawServer.Peer peer) throws IOException {
        String unused = peer.readHex(5, 3, 2);
    }

    /** Names are checked twice: by the client, and by the JDK, which is asked to for the sake of other trust managers. */
    @Test
    void trustManagerThatTrustsAllDoesNotMakeNamesEqual() throws Exception {
        Credulous credulous = new Credulous();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {credulous}, null);
        try (Client client = new Client(LIMIT, address -> true, context);
                RawServer secure = new RawServer(TlsTest::answer, tls(server, new ConcurrentLinkedQueue<>()))) {
            assertThat(client.send(to(NAME, secure))).isEqualTo(answered(200));
            assertThat(client.send(to("example.com", secure))).isEqualTo(failed(AttemptResult.TLS));
        }
        assertThat(credulous.asked).isNotEmpty().containsOnly("https");
    }

    /** Trusts every certificate, and notes how it was to check the name. */
    private static final class Credulous extends X509ExtendedTrustManager {
        private final Queue<String> asked = new ConcurrentLinkedQueue<>();

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            asked.add(String.valueOf(engine.getSSLParameters().getEndpointIdentificationAlgorithm()));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new AssertionError("the client uses no sockets of its own");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("not told for which connection");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The versions and the protocols that the client offers: TLS 1.3 and 1.2, and of HTTP what needs no negotiation. */
    @Test
    void helloOffersNothingElse() throws Exception {
        BlockingQueue<String> hellos = new LinkedBlockingQueue<>();
        try (RawServer server = new RawServer(peer -> hellos.add(peer.readHex(5, 3, 2)))) {
            assertThat(trusting.send(to(NAME, server))).isInstanceOf(SendResult.Failed.class);
        }
        String hello = hellos.take();
        String supportedVersions = "002b" + "0005" + "04" + "0304" + "0303";
        String protocols =
                "0010" + "[0-9a-f]{4}" + "[0-9a-f]{4}" + "02" + HexFormat.of().formatHex("h2".getBytes(UTF_8));
        assertThat(hello).contains(supportedVersions).doesNotContainPattern(protocols);
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
        AtomicBoolean greeted = new AtomicBoolean();
        try (RawServer silent = new RawServer(peer -> {
            readHello(peer);
            greeted.set(true);
            peer.awaitEnd();
        })) {
            assertThat(trusting.sendBriefly(
                            greeted::get, deadline -> post(true, NAME, silent.port(), new byte[0], deadline)))
                    .isEqualTo(failed(AttemptResult.TLS_TIMEOUT));
            await().atMost(LIMIT).until(() -> silent.ended() == silent.accepted());
            trusting.awaitIdle();
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
