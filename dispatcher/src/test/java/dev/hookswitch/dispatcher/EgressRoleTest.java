package dev.hookswitch.dispatcher;

import static dev.hookswitch.dispatcher.Deployment.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.dispatcher.http.RawServer;
import dev.hookswitch.dispatcher.http.TestKeys;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The settings of egress, from end to end: an endpoint that only the proxy knows, with its own ideas of trust. */
@ExtendWith(KafkaExtension.class)
class EgressRoleTest {
    private static final String NAME = "hooks.example.com";

    private final Deployment deployment;
    private final TestKeys keys;

    EgressRoleTest(KafkaCluster kafka, @TempDir Path folder) throws Exception {
        deployment = new Deployment(kafka, folder);
        keys = new TestKeys(folder)
                .authority("authority")
                .signed("server", "authority", "EC", NAME)
                .signed("client", "authority", "RSA", "dispatcher.example.com");
    }

    private Map<String, String> through(RawServer proxy) throws Exception {
        return new HashMap<>(Map.of(
                "egress.proxy",
                "http://127.0.0.1:" + proxy.port(),
                "egress.proxy.user",
                "hookswitch",
                "egress.proxy.password",
                "letmein",
                "dispatcher.tls.trust",
                keys.certificateFile("authority").toString(),
                "dispatcher.tls.trust-mode",
                "replace",
                "dispatcher.tls.client-certificate",
                keys.certificateFile("client").toString(),
                "dispatcher.tls.client-key",
                keys.keyFile("client").toString()));
    }

    @Test
    void deliversThroughTheProxyToAnEndpointThatAsksForACertificate() throws Exception {
        SSLContext certified = keys.server("server", "authority");
        deployment.subscribe("wh_1", "ringyo", "https://" + NAME + "/hook");
        try (RawServer endpoint = new RawServer(EgressRoleTest::answer, TestKeys.asking(certified, "TLSv1.3"));
                RawServer proxy = new RawServer(peer -> tunnel(peer, endpoint.port()));
                Service role = deployment.start(through(proxy))) {
            deployment.deliver(List.of("wh_1"), "ringyo", 0, 20);

            assertThat(deployment.awaitOutcomesOfAll(20))
                    .hasSize(20)
                    .allSatisfy(row -> assertThat(row.outcome()).isEqualTo(OutcomeRow.Outcome.DELIVERED));
            assertThat(role.health().ready()).isTrue();
        }
    }

    /** Not the endpoint's: no attempt is spent, and nothing counts towards disabling it. */
    @Test
    void proxyThatFailsPutsDeliveriesOff() throws Exception {
        deployment.subscribe("wh_1", "ringyo", "https://" + NAME + "/hook");
        try (RawServer proxy = new RawServer(peer -> {
                    peer.read();
                    peer.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
                });
                Service role = deployment.start(through(proxy))) {
            // As many as begin at once: none waits so long that it is put off for that.
            deployment.deliver(List.of("wh_1"), "ringyo", 0, 2);

            assertThat(deployment.awaitAttempts(2)).hasSize(2).allSatisfy(row -> {
                assertThat(row.kind()).isEqualTo(AttemptRow.Kind.DEFERRAL);
                assertThat(row.result()).isEqualTo(AttemptResult.INTERNAL);
            });
            assertThat(deployment.outcomes()).isEmpty();
            await().atMost(LIMIT).until(() -> role.health().ready());
        }
    }

    private static void tunnel(RawServer.Peer peer, int port) throws IOException {
        RawServer.Request connect = peer.read();
        assertThat(connect.headers()).contains("Proxy-Authorization: Basic aG9va3N3aXRjaDpsZXRtZWlu");
        peer.write("HTTP/1.1 200 OK\r\n\r\n");
        peer.relay(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    private static void answer(RawServer.Peer peer) throws IOException {
        while (true) {
            RawServer.Request unused = peer.read();
            peer.write("HTTP/1.1 204 No Content\r\n\r\n");
        }
    }
}
