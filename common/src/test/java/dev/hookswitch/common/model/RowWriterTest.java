package dev.hookswitch.common.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The quick way of writing rows against the general one. */
class RowWriterTest {
    private static final int ROWS = 2_000;
    private static final String[] TEXTS = {
        "", "a", "evt_1", "x".repeat(1_500), "\"quoted\" \\ \u0001", "Zürich \uD83D\uDCDE", "</script>", "\u2028"
    };

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void writesAttemptRowsAsTheMapperDoes() {
        for (int i = 0; i < ROWS; i++) {
            Object row = new AttemptRow(
                    any(AttemptRow.Kind.values()),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    random.nextLong(),
                    random.nextInt(),
                    orNull(random.nextInt()),
                    orNull(any(AttemptResult.values())),
                    orNull(random.nextInt()),
                    any(AttemptRow.Decision.values()),
                    orNull(text()),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextBoolean(),
                    random.nextLong(),
                    random.nextInt(),
                    random.nextLong(),
                    random.nextInt(),
                    random.nextLong(),
                    text(),
                    orNull(text()));
            same(RowWriter.write((AttemptRow) row), row);
        }
    }

    @Test
    void writesOutcomeRowsAsTheMapperDoes() {
        for (int i = 0; i < ROWS; i++) {
            Object row = new OutcomeRow(
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    text(),
                    any(OutcomeRow.Outcome.values()),
                    text(),
                    random.nextInt(),
                    orNull(random.nextInt()),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextBoolean(),
                    orNull(random.nextInt()),
                    orNull(random.nextLong()),
                    random.nextInt(),
                    random.nextLong(),
                    orNull(text()));
            same(RowWriter.write((OutcomeRow) row), row);
        }
    }

    private void same(byte[] written, Object row) {
        assertThat(new String(written, UTF_8)).as("seed %d", seed).isEqualTo(new String(Wire.write(row), UTF_8));
    }

    private String text() {
        return any(TEXTS);
    }

    private <T> T any(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private <T> @Nullable T orNull(T value) {
        return random.nextBoolean() ? value : null;
    }
}
