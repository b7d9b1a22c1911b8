package dev.hookswitch.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.Subscription;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ends: at this endpoint, newest first. What is made or deleted meanwhile shifts nothing.
 *
 * @param createdAtMs when it was made, epoch milliseconds
 * @param webhookId its id
 */
record Cursor(long createdAtMs, String webhookId) {
    /** Newest first. */
    static final Comparator<Subscription> ORDER = Comparator.comparingLong(Subscription::createdAtMs)
            .thenComparing(Subscription::webhookId)
            .reversed();

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})\\.([A-Za-z0-9_]{1,64})");

    static Cursor at(Subscription last) {
        return new Cursor(last.createdAtMs(), last.webhookId());
    }

    /** @throws ApiError when it is none that was given out */
    static Cursor parse(String text) {
        try {
            Matcher parts = TEXT.matcher(new String(Base64.getUrlDecoder().decode(text), UTF_8));
            if (parts.matches()) {
                return new Cursor(Long.parseLong(parts.group(1)), parts.group(2));
            }
        } catch (IllegalArgumentException e) {
            // Not base64: refused below.
        }
        throw unknown();
    }

    /** The refusal of one that was not given out. */
    static ApiError unknown() {
        return ApiError.field(400, "invalid_cursor", "cursor", "cursor must be a next_cursor of an earlier answer");
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((createdAtMs + "." + webhookId).getBytes(UTF_8));
    }

    /** Whether the endpoint comes after this one. */
    boolean isBefore(Subscription other) {
        return other.createdAtMs() < createdAtMs
                || (other.createdAtMs() == createdAtMs && other.webhookId().compareTo(webhookId) < 0);
    }
}
