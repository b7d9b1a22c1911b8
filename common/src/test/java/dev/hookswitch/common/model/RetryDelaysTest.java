package dev.hookswitch.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelaysTest {
    @Test
    void readsAnyAscendingListAndWritesTheShortestForms() {
        List<Duration> delays = RetryDelays.parse(List.of("1s", "90s", "60m", "24h"));

        assertThat(delays)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(90), Duration.ofHours(1), Duration.ofDays(1));
        assertThat(RetryDelays.format(delays)).containsExactly("1s", "90s", "1h", "1d");
        assertThat(RetryDelays.parse(List.of("10m"))).containsExactly(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0s       | retry_delays must be above 0 and each longer than the one before, were 0s",
                "1s,0s    | retry_delays must be above 0 and each longer than the one before, were 1s,0s",
                "5s,1s    | retry_delays must be above 0 and each longer than the one before, were 5s,1s",
                "1s,1s    | retry_delays must be above 0 and each longer than the one before, were 1s,1s",
                "1m,60s   | retry_delays must be above 0 and each longer than the one before, were 1m,60s",
                "1s,soon  | retry_delays must be a number and ms, s, m, h or d, such as 5s; was: soon",
                "1s, 5s   | retry_delays must be a number and ms, s, m, h or d, such as 5s; was:  5s",
                "-1s      | retry_delays must be a number and ms, s, m, h or d, such as 5s; was: -1s",
                "1.5s     | retry_delays must be a number and ms, s, m, h or d, such as 5s; was: 1.5s",
            })
    void namesTheRuleThatIsBroken(String texts, String message) {
        assertThatThrownBy(() -> RetryDelays.parse(List.of(texts.split(","))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void thereMustBeOneAndNotTooMany() {
        assertThat(RetryDelays.parse(seconds(20))).hasSize(20);
        assertThatThrownBy(() -> RetryDelays.parse(seconds(21)))
                .hasMessage("retry_delays must be 1 to 20 delays, were 21");
        assertThatThrownBy(() -> RetryDelays.parse(List.of()))
                .hasMessage("retry_delays must be 1 to 20 delays, were 0");
    }

    private static List<String> seconds(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> i + "s").toList();
    }
}
