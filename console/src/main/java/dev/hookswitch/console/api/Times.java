package dev.hookswitch.console.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as callers write them. */
final class Times {
    private Times() {}

    /** @throws ApiError when it is none by RFC 3339 */
    static Instant parse(int status, String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ApiError.field(
                    status,
                    "invalid_" + field,
                    field,
                    field + " must be a time by RFC 3339, such as 2026-01-15T14:30:00Z");
        }
    }
}
