package dev.hookswitch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestSettingsTest {
    private static final String TOKEN = "0123456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
    void needsNoTokenOnLoopback(String host) {
        assertThat(read(Map.of("ingest.host", host)).token()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void needsTokenElsewhere(String host) {
        assertThatThrownBy(() -> read(Map.of("ingest.host", host)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ingest.token must be set")
                .hasMessageContaining("ingest.host " + host);
        assertThat(read(Map.of("ingest.host", host, "ingest.token", TOKEN)).token())
                .isPresent();
    }

    @Test
    void doesNotShowTokenThatBreaksTheRule() {
        assertThatThrownBy(() -> read(Map.of("ingest.token", "hunter2")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ingest.token must be 16 to 512")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void namesEveryProblemAtOnce() {
        Settings wrong =
                Settings.of(Map.of("ingest.host", "0.0.0.0", "ingest.port", "65536", "events.max-bytes", "many"));

        assertThatThrownBy(() -> IngestRole.create(wrong, new SimpleMeterRegistry()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("ingest.token", "ingest.port", "events.max-bytes");
    }

    private static IngestSettings read(Map<String, String> overrides) {
        return IngestSettings.of(Settings.of(overrides));
    }
}
