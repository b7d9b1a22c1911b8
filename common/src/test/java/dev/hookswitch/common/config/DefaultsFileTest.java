package dev.hookswitch.common.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The defaults file is the documentation: it explains every key and mentions none twice. */
class DefaultsFileTest {
    @Test
    void everyKeyHasACommentAboveIt() throws IOException {
        List<String> unexplained = new ArrayList<>();
        boolean explained = false;
        for (String line : lines()) {
            if (line.isBlank() || line.startsWith("# ----")) {
                explained = false;
            } else if (line.startsWith("# ")) {
                explained = true;
            } else if (!explained) {
                unexplained.add(line);
            }
        }
        assertThat(unexplained).isEmpty();
    }

    @Test
    void everyKeyIsMentionedOnceAndLoaded() throws IOException {
        List<String> keys = lines().stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(keys).isNotEmpty().doesNotHaveDuplicates();
        assertThat(Settings.defaults()).containsOnlyKeys(keys);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = Settings.class.getResourceAsStream("hookswitch-defaults.properties")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .toList();
        }
    }
}
