package dev.hookswitch.benchmarks.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookswitch.benchmarks.process.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A tenant that asks a console, on one connection, and whoever watches it. */
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String WEBHOOK =
            "{\"url\":\"https://127.0.0.1/in\",\"events\":[\"call.completed\",\"call.failed\"]}";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final URI metrics;
    private final String key;

    Api(int port, int managementPort, String key) {
        this.base = "http://127.0.0.1:" + port;
        this.metrics = URI.create("http://127.0.0.1:" + managementPort + "/metrics");
        this.key = key;
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(base + target))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    /** Its id. Waits until the key is known. */
    String createWebhook(Duration limit) throws IOException, InterruptedException {
        HttpRequest create = request("/v1/webhooks")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(WEBHOOK))
                .build();
        long endNanos = System.nanoTime() + limit.toNanos();
        HttpResponse<String> response = send(create);
        while (response.statusCode() != 201 && System.nanoTime() - endNanos < 0) {
            Pause.of(LOOK);
            response = send(create);
        }
        if (response.statusCode() != 201) {
            throw new IllegalStateException("no webhook was made: " + response.body());
        }
        return JSON.readTree(response.body()).path("id").asText();
    }

    /** A page and how long it took, from the question to the whole answer. */
    record Page(long nanos, JsonNode body) {
        int size() {
            return body.path("data").size();
        }
    }

    /** @throws IllegalStateException when it is not answered with 200 */
    Page page(String target) throws IOException, InterruptedException {
        HttpRequest get = request(target).GET().build();
        long began = System.nanoTime();
        HttpResponse<String> response = send(get);
        long nanos = System.nanoTime() - began;
        if (response.statusCode() != 200) {
            throw new IllegalStateException(target + " was answered " + response.statusCode() + ": " + response.body());
        }
        return new Page(nanos, JSON.readTree(response.body()));
    }

    /** The sum of a meter without labels; 0 when it is not there. */
    double meter(String name) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(metrics).timeout(LIMIT).build())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
