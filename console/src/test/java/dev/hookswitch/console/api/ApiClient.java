package dev.hookswitch.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A caller of the API; every answer is held against its description. */
final class ApiClient {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final OpenApiCheck CHECK = new OpenApiCheck();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final @Nullable String key;

    /** @param key what it shows, or null */
    ApiClient(int port, @Nullable String key) {
        this.port = port;
        this.key = key;
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

        String text(String field) {
            return body.path(field).asText();
        }
    }

    Reply get(String target) {
        return send("GET", target, null, Map.of());
    }

    Reply post(String target, String body) {
        return send("POST", target, body, Map.of());
    }

    Reply patch(String target, String body) {
        return send("PATCH", target, body, Map.of());
    }

    Reply delete(String target) {
        return send("DELETE", target, null, Map.of());
    }

    /** @param headers win over those that a request with a body has */
    Reply send(String verb, String target, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(LIMIT)
                .method(verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (key != null) {
            request.setHeader("Authorization", "Bearer " + key);
        }
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            JsonNode json = JSON.readTree(response.body());
            CHECK.check(
                    verb,
                    target,
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    json);
            return new Reply(response, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
