package dev.hookswitch.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "0ms,        0,              0ms",
        "0d,         0,              0ms",
        "1ms,        1,              1ms",
        "999ms,      999,            999ms",
        "1000ms,     1000,           1s",
        "1500ms,     1500,           1500ms",
        "5s,         5000,           5s",
        "60s,        60000,          1m",
        "90s,        90000,          90s",
        "2m,         120000,         2m",
        "10m,        600000,         10m",
        "60m,        3600000,        1h",
        "6h,         21600000,       6h",
        "24h,        86400000,       1d",
        "36h,        129600000,      36h",
        "30d,        2592000000,     30d",
        "999999999d, 86399999913600000, 999999999d",
    })
    void readsAndWritesTheShortestText(String text, long millis, String shortest) {
        assertThat(HumanDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(HumanDuration.format(Duration.ofMillis(millis))).isEqualTo(shortest);
        assertThat(HumanDuration.parse(shortest)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "-5s",
                "+5s",
                "5 s",
                " 5s",
                "5s ",
                "5S",
                "1.5s",
                "5sec",
                "1h30m",
                "PT5S",
                "5us",
                "1000000000s",
                "\u0665s"
            })
    void refusesEverythingElseByRule(String text) {
        assertThatThrownBy(() -> HumanDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a number and ms, s, m, h or d, such as 5s; was: " + text);
    }
}
