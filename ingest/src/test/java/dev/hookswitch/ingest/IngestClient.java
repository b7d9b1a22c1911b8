package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookswitch.common.access.ApiKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A producer of events that speaks HTTP. */
final class IngestClient {
    static final String EVENT =
            "{\"id\":\"evt_1\",\"type\":\"order.paid\",\"tenant\":\"acme\",\"occurred_at\":\"2026-01-15T14:30:00Z\",\"data\":{}}";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final @Nullable ApiKey key;
    private final URI events;

    /** @param key what it shows, or null */
    IngestClient(int port, @Nullable ApiKey key) {
        this.key = key;
        this.events = URI.create("http://127.0.0.1:" + port + "/v1/events");
    }

    /** An answer, its body read. */
    record Reply(HttpResponse<String> response, JsonNode body) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String code() {
            return body.at("/error/code").asText();
        }
    }

    Reply post(String event) {
        return send(request(event.getBytes(UTF_8)));
    }

    CompletableFuture<Reply> postAsync(String event) {
        return http.sendAsync(request(event.getBytes(UTF_8)).build(), BodyHandlers.ofString())
                .thenApply(IngestClient::reply);
    }

    HttpRequest.Builder request(byte[] event) {
        HttpRequest.Builder request = HttpRequest.newBuilder(events)
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(event));
        return key == null ? request : request.header("Authorization", "Bearer " + key.reveal());
    }

    Reply send(HttpRequest.Builder request) {
        try {
            return reply(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI resolve(String path) {
        return events.resolve(path);
    }

    private static Reply reply(HttpResponse<String> response) {
        try {
            return new Reply(response, new ObjectMapper().readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + response.body(), e);
        }
    }
}
