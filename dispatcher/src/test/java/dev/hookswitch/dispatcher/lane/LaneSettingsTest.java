package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneSettingsTest {
    private static final String KEY = "dispatcher.max-per-second-per-endpoint";

    @ParameterizedTest
    @CsvSource({"0, 0", "0.01, 0.01", "2.5, 2.5", "100000, 100000"})
    void limitMayBeAFractionOrNone(String text, double perSecond) {
        assertThat(read(text).maxPerSecondPerEndpoint()).isEqualTo(perSecond);
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, must be 0 for no limit or at least 0.01",
        "-1, must be a number from",
        "100001, must be a number from"
    })
    void limitOutOfBoundsIsRefused(String text, String rule) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(KEY + " " + rule);
    }

    private static LaneSettings read(String text) {
        SettingsReader reader = Settings.of(Map.of(KEY, text)).reader();
        LaneSettings settings = LaneSettings.read(reader);
        reader.done();
        return settings;
    }
}
