package dev.hookswitch.common.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementServerTest {
    private static final Settings ANY_PORT = Settings.of(Map.of("management.port", "0"));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final FakeService one = new FakeService("one");
    private final FakeService two = new FakeService("two");
    private ManagementServer server;

    @BeforeEach
    void start() throws IOException {
        server = ManagementServer.start(ANY_PORT, List.of(one, two), registry);
    }

    @AfterEach
    void stop() {
        server.close();
        registry.close();
    }

    /** Alive: no service is down. Ready: every service is up. */
    @ParameterizedTest
    @CsvSource({
        "UP,       UP,       200, 200",
        "UP,       STARTING, 200, 503",
        "STARTING, STARTING, 200, 503",
        "DOWN,     UP,       503, 503",
        "UP,       DOWN,     503, 503",
        "DOWN,     STARTING, 503, 503",
    })
    void answersByTheWorstService(Health.State first, Health.State second, int health, int ready) throws Exception {
        one.health = new Health(first, "why one");
        two.health = new Health(second, "why two");
        String states = "{\"one\":{\"state\":\"" + first + "\",\"detail\":\"why one\"},\"two\":{\"state\":\"" + second
                + "\",\"detail\":\"why two\"}}";
        HttpResponse<String> alive = get("/health");
        assertThat(alive.statusCode()).isEqualTo(health);
        assertThat(alive.body()).isEqualTo(states);
        assertThat(alive.headers().firstValue("Content-Type")).contains("application/json");
        HttpResponse<String> serving = get("/ready");
        assertThat(serving.statusCode()).isEqualTo(ready);
        assertThat(serving.body()).isEqualTo(states);
    }

    @Test
    void showsEachChangeAtOnce() throws Exception {
        one.health = Health.starting("reads subscriptions");
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        one.health = Health.UP;
        assertThat(get("/ready").statusCode()).isEqualTo(200);
        one.health = Health.down("lost the group");
        assertThat(get("/health").body()).contains("lost the group");
    }

    @Test
    void showsTheMetersAsPrometheusText() throws Exception {
        registry.counter("hookswitch.tests", "kind", "unit").increment(3);
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("hookswitch_tests_total{kind=\"unit\"} 3.0")
                .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads ", "process_cpu_usage ")
                .contains("jvm_gc_");
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4");
    }

    @Test
    void knowsNoOtherPath() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/healthy").statusCode()).isEqualTo(404);
    }

    @Test
    void aPortInUseIsNamedInTheError() {
        Settings taken = Settings.of(Map.of("management.port", Integer.toString(server.port())));
        assertThatThrownBy(() -> ManagementServer.start(taken, List.of(), registry))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("management.port 127.0.0.1:" + server.port() + " cannot be used: ");
    }

    @Test
    void aWrongSettingIsNamedInTheError() {
        Settings wrong = Settings.of(Map.of("management.port", "65536", "management.host", ""));
        assertThatThrownBy(() -> ManagementServer.start(wrong, List.of(), registry))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("management.port must be a whole number from 0 to 65535")
                .hasMessageContaining("management.host must not be empty");
    }

    @Test
    void nobodyListensAfterClose() {
        server.close();
        assertThatThrownBy(() -> get("/health")).isInstanceOf(ConnectException.class);
    }

    /** Each with half a request: first fewer than the server has threads, then many more. */
    @Test
    void stalledClientsDoNotKeepProbesOutForLong() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try {
            stall(3, stalled);
            assertThat(get("/health").statusCode()).isEqualTo(200);
            stall(40, stalled);
            assertThat(get("/health", Duration.ofSeconds(60)).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private void stall(int count, List<Socket> stalled) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            stalled.add(socket);
            socket.getOutputStream().write("GET /health".getBytes(US_ASCII));
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(path, Duration.ofSeconds(10));
    }

    private HttpResponse<String> get(String path, Duration timeout) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
