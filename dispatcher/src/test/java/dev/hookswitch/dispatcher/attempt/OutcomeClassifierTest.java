package dev.hookswitch.dispatcher.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeClassifierTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "200, SUCCESS",
        "204, SUCCESS",
        "299, SUCCESS",
        "300, REDIRECT",
        "301, REDIRECT",
        "304, REDIRECT",
        "307, REDIRECT",
        "399, REDIRECT",
        "400, CLIENT_ERROR",
        "401, CLIENT_ERROR",
        "404, CLIENT_ERROR",
        "407, CLIENT_ERROR",
        "408, TRY_AGAIN",
        "409, CLIENT_ERROR",
        "410, GONE",
        "411, CLIENT_ERROR",
        "424, CLIENT_ERROR",
        "425, TRY_AGAIN",
        "426, CLIENT_ERROR",
        "428, CLIENT_ERROR",
        "429, RATE_LIMITED",
        "430, CLIENT_ERROR",
        "499, CLIENT_ERROR",
        "500, SERVER_ERROR",
        "503, SERVER_ERROR",
        "599, SERVER_ERROR",
        "100, TRANSPORT",
        "199, TRANSPORT",
        "600, TRANSPORT",
        "999, TRANSPORT"
    })
    void statusBelongsToOneResult(int status, AttemptResult expected) {
        assertThat(OutcomeClassifier.classify(status)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'0', PT0S",
        "'1', PT1S",
        "' 120 ', PT2M",
        "'000000000000000000000000007', PT7S",
        "'999999999', PT277777H46M39S",
        "'2147483647', PT596523H14M7S",
        "'2147483648', PT596523H14M7S",
        "'9223372036854775807', PT596523H14M7S",
        "'99999999999999999999999999', PT596523H14M7S",
        "'Sun, 01 Mar 2026 12:00:30 GMT', PT30S",
        "'Sun, 1 Mar 2026 13:00:00 GMT', PT1H",
        "'Fri, 01 Mar 2075 12:00:00 GMT', PT429528H",
        "'Sunday, 01-Mar-26 12:00:30 GMT', PT30S",
        "'Monday, 02-Mar-26 12:00:00 GMT', PT24H",
        "'Sun Mar  1 12:00:30 2026', PT30S",
        "'Tue Mar 10 12:00:00 2026', PT216H"
    })
    void readsSecondsAndDates(String header, Duration expected) {
        assertThat(OutcomeClassifier.retryAfter(429, header, NOW)).contains(expected);
        assertThat(OutcomeClassifier.retryAfter(503, header, NOW)).contains(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+5",
                "1.5",
                "5s",
                "1, 2",
                "--1",
                "-2147483649",
                "5 5",
                "0x10",
                "\u0661",
                "soon",
                "Sun, 01 Mar 2026 12:00:00 GMT",
                "Sun, 01 Mar 2026 11:59:59 GMT",
                "Mon, 01 Mar 2026 12:00:30 GMT",
                "Sun, 32 Mar 2026 12:00:30 GMT",
                "2026-03-01T12:00:30Z",
                "Sunday, 01-Mar-26 11:00:00 GMT",
                "Monday, 01-Mar-26 12:00:30 GMT",
                "Sun, 01-Mar-26 12:00:30 GMT",
                "Saturday, 01-Mar-25 12:00:30 GMT",
                "Sunday, 01-Mar-77 12:00:30 GMT",
                "Sun Mar  1 11:59:59 2026",
                "Sun Mar 1 12:00:30 2026",
                "Mon Mar  1 12:00:30 2026"
            })
    void malformedAndPastHeadersAskForNothing(@Nullable String header) {
        assertThat(OutcomeClassifier.retryAfter(429, header, NOW)).isEmpty();
    }

    @Test
    void otherStatusesCannotAsk() {
        assertThat(IntStream.range(100, 600).filter(status -> status != 429 && status != 503))
                .allSatisfy(status -> assertThat(OutcomeClassifier.retryAfter(status, "5", NOW))
                        .isEmpty());
    }
}
