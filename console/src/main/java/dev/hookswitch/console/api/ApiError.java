package dev.hookswitch.console.api;

import dev.hookswitch.common.model.Wire;
import java.util.Map;

/** A request that is refused. The message names the field and the rule; it never repeats a secret. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, Object> details;
    private final transient Map<String, String> headers;

    private record Body(Detail error, Meta meta) {}

    private record Detail(String code, String message, Map<String, Object> details) {}

    private record Meta(String requestId) {}

    ApiError(int status, String code, String message, Map<String, Object> details, Map<String, String> headers) {
        super(message);
        this.status = status;
        this.code = code;
        this.details = Map.copyOf(details);
        this.headers = Map.copyOf(headers);
    }

    ApiError(int status, String code, String message) {
        this(status, code, message, Map.of(), Map.of());
    }

    /** A field, header or parameter that breaks a rule. */
    static ApiError field(int status, String code, String field, String message) {
        return new ApiError(status, code, message, Map.of("field", field), Map.of());
    }

    /** Over soon. */
    static ApiError later(String message, int seconds) {
        return new ApiError(503, "unavailable", message, Map.of(), Map.of("Retry-After", Integer.toString(seconds)));
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, Object> details() {
        return details;
    }

    Answer answer(String requestId) {
        String message = String.valueOf(getMessage());
        return new Answer(
                status, code, Wire.write(new Body(new Detail(code, message, details), new Meta(requestId))), headers);
    }
}
