package dev.hookswitch.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookswitch.common.model.Wire;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request is answered.
 *
 * @param status HTTP status
 * @param code stable word for what happened: the error's code, or {@code ok}
 * @param json the body
 * @param headers beside those of every answer
 */
record Answer(int status, String code, byte[] json, Map<String, String> headers) {
    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer of(int status, JsonNode body) {
        return new Answer(status, "ok", Wire.write(body), Map.of());
    }

    Answer with(String header, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(header, value);
        return new Answer(status, code, json, all);
    }
}
