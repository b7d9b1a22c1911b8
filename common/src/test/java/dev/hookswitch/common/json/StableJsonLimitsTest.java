package dev.hookswitch.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StableJsonLimitsTest {

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void limitsNesting(String opening) throws IOException {
        assertThat(stable(nested(opening, StableJson.MAX_NESTING_DEPTH)))
                .isEqualTo(nested(opening, StableJson.MAX_NESTING_DEPTH));
        assertRefused(nested(opening, StableJson.MAX_NESTING_DEPTH + 1), "depth");
        assertRefused(opening.repeat(1_000_000), "depth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "0.", "1e", "1e-"})
    void limitsTheDigitsOfANumber(String start) throws IOException {
        int digitsAtStart = start.startsWith("0") || start.startsWith("1") ? 1 : 0;
        // Jackson counts the point or the exponent's sign in some of these as a digit.
        String longest = start + "7".repeat(StableJson.MAX_NUMBER_DIGITS - digitsAtStart - 1);

        assertThat(stable(longest)).isNotEmpty();
        assertRefused(start + "7".repeat(StableJson.MAX_NUMBER_DIGITS + 1), "Number value length");
    }

    @Test
    void limitsTheLengthOfAKey() throws IOException {
        String longest = "{\"" + "k".repeat(StableJson.MAX_KEY_BYTES) + "\":1}";

        assertThat(stable(longest)).isEqualTo(longest);
        assertRefused("{\"" + "k".repeat(StableJson.MAX_KEY_BYTES + 50) + "\":1}", "Name length");
    }

    @Test
    void doesNotLimitStrings() throws IOException {
        String longString = "\"" + "\u00e9a".repeat(12_000_000) + "\"";

        assertThat(stable(longString).equals(longString)).isTrue();
    }

    @Test
    void readsAnObjectWithVeryManyKeysInLinearTime() throws IOException {
        StringBuilder document = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            document.append("\"k").append(i).append("\":").append(i).append(',');
        }
        String once = document + "\"last\":0}";
        String twice = document + "\"last\":0,\"k7\":\"new\"}";

        assertThat(stable(once).equals(once)).isTrue();
        assertThat(stable(twice).equals(once.replace("\"k7\":7,", "\"k7\":\"new\",")))
                .isTrue();
    }

    private static String nested(String opening, int depth) {
        return opening.repeat(depth) + "1" + (opening.equals("[") ? "]" : "}").repeat(depth);
    }

    private static void assertRefused(String document, String reason) {
        assertThatThrownBy(() -> stable(document))
                .isInstanceOf(StreamConstraintsException.class)
                .hasMessageContaining(reason);
    }

    private static String stable(String document) throws IOException {
        return new String(
                StableJson.parse(document.getBytes(StandardCharsets.UTF_8)).utf8(), StandardCharsets.UTF_8);
    }
}
