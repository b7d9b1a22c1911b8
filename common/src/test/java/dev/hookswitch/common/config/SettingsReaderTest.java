package dev.hookswitch.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static SettingsReader reader(String value) {
        return new SettingsReader(Map.of("a.key", value));
    }

    @Test
    void readsEveryKindOfValue() {
        assertThat(reader("x").text("a.key")).isEqualTo("x");
        assertThat(reader("x").optionalText("a.key")).contains("x");
        assertThat(reader("").optionalText("a.key")).isEmpty();
        assertThat(reader("7").integer("a.key", 7, 7)).isEqualTo(7);
        assertThat(reader("-9223372036854775808").whole("a.key", Long.MIN_VALUE, 0))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(reader("0.25").decimal("a.key", 0, 1)).isEqualTo(0.25);
        assertThat(reader("true").flag("a.key")).isTrue();
        assertThat(reader("false").flag("a.key")).isFalse();
        assertThat(reader("1s").duration("a.key", SECOND, SECOND)).isEqualTo(SECOND);
        assertThat(reader(" a, b ,,c ").list("a.key")).containsExactly("a", "b", "c");
        assertThat(reader("").list("a.key")).isEmpty();
        assertThat(reader("1, 2").list("a.key", Integer::valueOf)).containsExactly(1, 2);
        assertThat(reader("b").choice("a.key", List.of("a", "b"))).isEqualTo("b");
    }

    @Test
    void reportsAllProblemsAtOnceAndAnswersWithSomethingHarmlessMeanwhile() {
        SettingsReader reader = new SettingsReader(Map.of(
                "text", "", "number", "many", "big", "11", "ratio", "5d", "flag", "TRUE", "wait", "soon", "long", "2h",
                "items", "1,x,y", "choice", "c"));
        assertThat(reader.text("text")).isEmpty();
        assertThat(reader.integer("number", 3, 9)).isEqualTo(3);
        assertThat(reader.whole("big", 1, 10)).isEqualTo(1);
        assertThat(reader.decimal("ratio", 0.5, 10)).isEqualTo(0.5);
        assertThat(reader.flag("flag")).isFalse();
        assertThat(reader.duration("wait", SECOND, Duration.ofHours(1))).isEqualTo(SECOND);
        assertThat(reader.duration("long", SECOND, Duration.ofHours(1))).isEqualTo(SECOND);
        assertThat(reader.list("items", SettingsReaderTest::digit)).containsExactly(1);
        assertThat(reader.choice("choice", List.of("a", "b"))).isEqualTo("a");
        reader.problem("text", "must rhyme");
        assertThatThrownBy(reader::done).isInstanceOf(SettingsException.class).hasMessage("""
                        configuration: 11 problems
                          text must not be empty
                          number must be a whole number from 3 to 9, was: many
                          big must be a whole number from 1 to 10, was: 11
                          ratio must be a number from 0.5 to 10.0, was: 5d
                          flag must be true or false, was: TRUE
                          wait must be a number and ms, s, m, h or d, such as 5s; was: soon
                          long must be from 1s to 1h, was: 2h
                          items must be a digit, was: x
                          items must be a digit, was: y
                          choice must be one of a, b, was: c
                          text must rhyme""");
    }

    private static int digit(String text) {
        if (!text.matches("[0-9]")) {
            throw new IllegalArgumentException("must be a digit, was: " + text);
        }
        return Integer.parseInt(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " 5", "5.0", "0x5", "5_0", "99999999999999999999", "2147483648", "-2147483649", "4294967301"
            })
    void aWholeNumberIsNothingElse(String value) {
        SettingsReader reader = reader(value);
        reader.integer("a.key", Integer.MIN_VALUE, Integer.MAX_VALUE);
        assertThatThrownBy(reader::done)
                .hasMessageContaining("a.key must be a whole number")
                .hasMessageEndingWith(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "5f", "0x1p3", "1,5", "1e400", " 1", "0", "1001"})
    void aNumberIsNothingElse(String value) {
        SettingsReader reader = reader(value);
        reader.decimal("a.key", 0.001, 1000);
        assertThatThrownBy(reader::done).hasMessageContaining("a.key must be a number from 0.001 to 1000.0");
    }

    @Test
    void nothingIsThrownWhenNothingIsWrong() {
        SettingsReader reader = reader("5");
        reader.integer("a.key", 0, 9);
        reader.done();
    }

    @Test
    void aKeyWithoutDefaultIsAMistakeOfOurs() {
        assertThatThrownBy(() -> reader("x").text("other.key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no default for other.key");
    }
}
