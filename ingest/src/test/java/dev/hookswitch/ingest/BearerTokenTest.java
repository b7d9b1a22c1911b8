package dev.hookswitch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    private static final String TEXT = "0123456789abcdef";

    private final BearerToken token = new BearerToken(TEXT);

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + TEXT, "bearer " + TEXT, "BEARER  " + TEXT + " "})
    void knowsItself(String header) {
        assertThat(token.isIn(header)).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                TEXT,
                "Bearer",
                "Bearer ",
                "Bearer 0123456789abcdeF",
                "Bearer 0123456789abcde",
                "Bearer 0123456789abcdef0",
                "Bearer 0123456789abcdef, Bearer x",
                "Basic " + TEXT
            })
    void knowsNothingElse(@Nullable String header) {
        assertThat(token.isIn(header)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcde", "0123456789 abcdef", "0123456789abcd\u00e9f", "0123456789abcdef\n"})
    void refusesWhatNobodyCouldSendOrEverybodyGuess(String text) {
        assertThatThrownBy(() -> new BearerToken(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 to 512 visible ASCII");
    }
}
