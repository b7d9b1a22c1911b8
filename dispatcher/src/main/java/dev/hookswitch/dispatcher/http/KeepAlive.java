package dev.hookswitch.dispatcher.http;

import java.time.Duration;
import java.util.Locale;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** How long a connection may wait for its next use. Pure. */
final class KeepAlive {
    private static final String TIMEOUT = "timeout=";

    private KeepAlive() {}

    /**
     * The shorter of what the server offers and our own limit; zero when it offers none.
     *
     * @param header value of Keep-Alive, or null
     */
    static TimeValue of(@Nullable String header, Duration limit) {
        int at = header == null ? -1 : header.toLowerCase(Locale.ROOT).indexOf(TIMEOUT);
        if (header == null || at < 0) {
            return TimeValue.of(limit);
        }
        int first = at + TIMEOUT.length();
        int seconds = 0;
        int i = first;
        for (; i < header.length() && Character.isDigit(header.charAt(i)) && seconds < 1000; i++) {
            seconds = seconds * 10 + Character.digit(header.charAt(i), 10);
        }
        return i == first ? TimeValue.of(limit) : TimeValue.ofMilliseconds(Math.min(seconds * 1000L, limit.toMillis()));
    }
}
