package dev.hookswitch.dispatcher.http;

import static dev.hookswitch.dispatcher.http.Client.address;
import static dev.hookswitch.dispatcher.http.Client.post;
import static dev.hookswitch.dispatcher.http.HostileServerTest.answered;
import static dev.hookswitch.dispatcher.http.HostileServerTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.dispatcher.egress.EgressProxy;
import dev.hookswitch.dispatcher.egress.OwnService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through a proxy that works. It alone knows where the names lead. */
class ProxyTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NAME = "hooks.example.com";
    private static final String OTHER = "other.example.com";
    private static final String AUTHORIZATION = "Basic dXNlcjpwYXNzd29yZA==";

    private static SSLContext certified;
    private static SSLContext trust;

    private final Queue<RawServer.Request> atProxy = new ConcurrentLinkedQueue<>();
    private final Queue<RawServer.Request> atEndpoint = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> names = new ConcurrentHashMap<>();
    private final RawServer proxy = new RawServer(this::forward);
    private final RawServer endpoint = new RawServer(this::answer, socket -> TestKeys.secured(certified, socket));
    private Client client = new Client();

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        TestKeys keys = new TestKeys(folder).selfSigned("server", NAME).selfSigned("other", OTHER);
        certified = keys.server("server");
        trust = keys.trusting("server");
    }

    @BeforeEach
    void connect() {
        names.put(NAME + ":443", endpoint.port());
        names.put(OTHER + ":443", endpoint.port());
        client = new Client(LIMIT, to -> to.getPort() == proxy.port(), trust, proxyAt(proxy.port()));
    }

    @AfterEach
    void close() {
        client.awaitIdle();
        client.close();
        proxy.close();
        endpoint.close();
    }

    static Optional<EgressProxy> proxyAt(int port) {
        return Optional.of(new EgressProxy(new OwnService("proxy.example.com", port), AUTHORIZATION));
    }

    private static HttpPost to(String host) {
        return post(true, host, 443, new byte[] {'{', '}'}, Client.DEADLINE);
    }

    /** CONNECT, and everything else that it is asked for in absolute form. */
    private void forward(RawServer.Peer peer) throws IOException {
        while (true) {
            RawServer.Request request = peer.read();
            atProxy.add(request);
            String[] line = request.line().split(" ", -1);
            if (line[0].equals("CONNECT")) {
                InetAddress loopback = address(127, 0, 0, 1);
                try (Socket target = new Socket(loopback, names.getOrDefault(line[1], 1))) {
                    peer.write("HTTP/1.1 200 Connection established\r\nContent-Length: 7\r\n\r\n");
                    peer.relay(target);
                }
                return;
            }
            peer.write("HTTP/1.1 202 Forwarded\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private void answer(RawServer.Peer peer) throws IOException {
        while (true) {
            atEndpoint.add(peer.read());
            peer.write("HTTP/1.1 204 No Content\r\n\r\n");
        }
    }

    @Test
    void httpsGoesThroughATunnelThatTheProxyOpens() {
        assertThat(client.send(to(NAME))).isEqualTo(answered(204));

        RawServer.Request connect = atProxy.remove();
        assertThat(connect.line()).isEqualTo("CONNECT hooks.example.com:443 HTTP/1.1");
        assertThat(connect.headers())
                .containsExactlyInAnyOrder(
                        "Host: hooks.example.com:443",
                        "User-Agent: Hookswitch/test",
                        "Proxy-Authorization: " + AUTHORIZATION);
        RawServer.Request post = atEndpoint.remove();
        assertThat(post.line()).isEqualTo("POST /hook?q=1 HTTP/1.1");
        assertThat(post.headers())
                .containsExactlyInAnyOrder(
                        "Host: hooks.example.com",
                        "Content-Length: 2",
                        "Connection: keep-alive",
                        "Content-Type: application/json",
                        "User-Agent: Hookswitch/test",
                        "webhook-id: msg_1");
        assertThat(post.body()).isEqualTo("{}");
    }

    @Test
    void tunnelIsUsedAgainForItsOwnHostAlone() {
        for (int i = 0; i < 3; i++) {
            assertThat(client.send(to(NAME))).isEqualTo(answered(204));
            client.awaitIdle();
        }
        assertThat(client.send(to(OTHER))).as("the certificate is another's").isEqualTo(failed(AttemptResult.TLS));

        assertThat(atProxy)
                .extracting(RawServer.Request::line)
                .containsExactly("CONNECT hooks.example.com:443 HTTP/1.1", "CONNECT other.example.com:443 HTTP/1.1");
        assertThat(atEndpoint).hasSize(3);
    }

    @Test
    void httpGoesToTheProxyInAbsoluteForm() {
        for (String host : List.of("plain.example.com", "2001:db8::1")) {
            assertThat(client.send(post(false, host, 8080, new byte[] {'{', '}'}, Client.DEADLINE)))
                    .isEqualTo(answered(202));
        }

        RawServer.Request name = atProxy.remove();
        assertThat(name.line()).isEqualTo("POST http://plain.example.com:8080/hook?q=1 HTTP/1.1");
        assertThat(name.headers()).contains("Host: plain.example.com:8080", "Proxy-Authorization: " + AUTHORIZATION);
        assertThat(name.body()).isEqualTo("{}");
        assertThat(atProxy.remove().line()).isEqualTo("POST http://[2001:db8::1]:8080/hook?q=1 HTTP/1.1");
    }

    @Test
    void addressesAreAskedForInBrackets() {
        names.put("[2001:db8::1]:8443", endpoint.port());

        assertThat(client.send(post(true, "2001:db8::1", 8443, new byte[0], Client.DEADLINE)))
                .isEqualTo(failed(AttemptResult.TLS));

        assertThat(atProxy.remove().line()).isEqualTo("CONNECT [2001:db8::1]:8443 HTTP/1.1");
    }

    @Test
    void nothingButTheProxyIsConnectedTo() {
        try (Client guarded = new Client(LIMIT, to -> false, trust, proxyAt(proxy.port()))) {
            assertThat(guarded.send(to(NAME))).isEqualTo(failed(AttemptResult.INTERNAL));
            guarded.awaitIdle();
        }
        assertThat(proxy.accepted()).isZero();
    }

    @Test
    void passwordIsNotInTheText() {
        assertThat(proxyAt(3128).orElseThrow()).hasToString("http://proxy.example.com:3128 with a user");
    }
}
