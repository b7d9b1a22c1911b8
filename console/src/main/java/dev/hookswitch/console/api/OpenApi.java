package dev.hookswitch.console.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The description of the API, OpenAPI 3.1. */
final class OpenApi {
    static final String PATH = "/v1/openapi.json";

    private OpenApi() {}

    static byte[] document() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void addTo(Routes routes) {
        Answer answer = new Answer(200, "ok", document(), Map.of());
        routes.addForEverybody("GET", PATH, call -> answer);
    }
}
