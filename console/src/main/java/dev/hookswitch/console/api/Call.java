package dev.hookswitch.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.console.endpoints.Asked;
import dev.hookswitch.console.endpoints.Asked.Once;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in.
 *
 * @param caller whose it is; null where everybody may
 * @param requestId names it
 * @param verb HTTP verb
 * @param target path as it came
 * @param path what stands in the path, by name
 * @param query parameters
 * @param headers the conditions of the request, by lower-case name
 * @param body as it came
 */
record Call(
        @Nullable Caller caller,
        String requestId,
        String verb,
        String target,
        Map<String, String> path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body) {
    static final String IF_MATCH = "If-Match";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Pattern ETAG = Pattern.compile("\"([1-9][0-9]{0,17})\"");
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,255}");

    Caller owner() {
        return Objects.requireNonNull(caller, "let in");
    }

    TenantRow tenant() {
        return owner().tenant().orElseThrow(() -> new IllegalStateException("keys that manage have a tenant"));
    }

    /** The endpoint that the path names, of the caller's own: another tenant's is none. */
    EndpointId endpoint() {
        return new EndpointId(tenant().tenant(), in("webhook_id"));
    }

    String in(String name) {
        return Objects.requireNonNull(path.get(name), name);
    }

    /** The body as JSON, with no other fields than these. */
    Fields fields(String... known) {
        return Fields.read(body, known);
    }

    /**
     * The parameter.
     *
     * @throws ApiError when it is there twice
     */
    Optional<String> parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw ApiError.field(400, "invalid_" + name, name, name + " must be there once");
        }
        return values.stream().findFirst();
    }

    /** @throws ApiError when there is another parameter */
    void onlyParameters(String... known) {
        for (String name : query.keySet()) {
            if (!List.of(known).contains(name)) {
                throw ApiError.field(
                        400,
                        "unknown_parameter",
                        Fields.shown(name),
                        known.length == 0
                                ? "there are no parameters here"
                                : "parameters must be among " + String.join(", ", known));
            }
        }
    }

    /**
     * Who asks, and under which conditions.
     *
     * @throws ApiError when a condition cannot be read
     */
    Asked asked() {
        return new Asked(actor(), revision(), verb.equals("POST") ? once() : Optional.empty());
    }

    private Actor actor() {
        return new Actor("key:" + owner().key().keyId(), requestId);
    }

    private Optional<Long> revision() {
        String value = headers.get(IF_MATCH);
        if (value == null || value.trim().equals("*")) {
            return Optional.empty();
        }
        Matcher etag = ETAG.matcher(value.trim());
        if (!etag.matches()) {
            throw ApiError.field(
                    400,
                    "invalid_if_match",
                    IF_MATCH,
                    "If-Match must be the webhook's ETag, its revision in double quotes, such as \"3\"");
        }
        return Optional.of(Long.parseLong(etag.group(1)));
    }

    private Optional<Once> once() {
        String name = headers.get(IDEMPOTENCY_KEY);
        if (name == null) {
            return Optional.empty();
        }
        if (!NAME.matcher(name).matches()) {
            throw ApiError.field(
                    400,
                    "invalid_idempotency_key",
                    IDEMPOTENCY_KEY,
                    "Idempotency-Key must be 1 to 255 visible ASCII characters without spaces");
        }
        String asked = verb + " " + target + "\n" + Objects.toString(headers.get(IF_MATCH), "") + "\n";
        return Optional.of(
                new Once(tenant().tenant() + "/" + sha256(name.getBytes(UTF_8)), sha256(asked.getBytes(UTF_8), body)));
    }

    private static String sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Without the body, which may hold a secret. */
    @Override
    public String toString() {
        return "Call[" + requestId + " " + verb + " " + target + "]";
    }
}
