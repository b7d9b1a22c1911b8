package dev.hookswitch.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StableJsonTest {

    static List<CaseFile.Case> cases() {
        return CaseFile.read("cases.txt");
    }

    static List<CaseFile.Case> malformed() {
        return CaseFile.read("malformed.txt");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void printsAsJavaScriptDoes(CaseFile.Case each) throws IOException {
        StableValue value = StableJson.parse(each.input());

        assertThat(utf8(value.utf8())).isEqualTo(each.expectedText());
        assertThat(value.unstableNumbers()).isEqualTo(each.number());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsNotJsonAndSaysWhere(CaseFile.Case each) {
        assertThatThrownBy(() -> StableJson.parse(each.input()))
                .isInstanceOfSatisfying(JsonProcessingException.class, e -> {
                    assertThat(e.getOriginalMessage()).contains(each.expectedText());
                    assertThat(e.getLocation().getLineNr()).isPositive();
                    assertThat(e.getLocation().getByteOffset()).isBetween(0L, (long) each.input().length);
                });
    }

    @Test
    void saysWhereUtf8IsMalformed() {
        byte[] document = "[\r\n1,\r2,\n\n \"?\"]".getBytes(StandardCharsets.UTF_8);
        document[12] = (byte) 0xE9;

        assertThatThrownBy(() -> StableJson.parse(document))
                .isInstanceOfSatisfying(JsonProcessingException.class, e -> {
                    assertThat(e.getLocation().getByteOffset()).isEqualTo(12);
                    assertThat(e.getLocation().getLineNr()).isEqualTo(5);
                    assertThat(e.getLocation().getColumnNr()).isEqualTo(3);
                });
    }

    @Test
    void showsNothingOfThePayloadInItsMessages() {
        assertThatThrownBy(() -> StableJson.parse("[secretword]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void readsTheValueAtWhichTheParserStandsAndEndsOnItsLastToken() throws IOException {
        byte[] event = "{\"id\":\"e1\", \"data\": {\"b\": 1.0, \"1\": [ 2.50 ]}, \"cost\": 3.0, \"type\":\"t\"}"
                .getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = StableJson.parser(event)) {
            while (!"data".equals(parser.currentName())) {
                parser.nextToken();
            }
            parser.nextToken();

            StableValue data = StableJson.read(parser);
            assertThat(utf8(data.utf8())).isEqualTo("{\"1\":[2.5],\"b\":1}");
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);

            assertThat(parser.nextFieldName()).isEqualTo("cost");
            parser.nextToken();
            assertThat(utf8(StableJson.read(parser).utf8())).isEqualTo("3");
            assertThat(parser.nextFieldName()).isEqualTo("type");
        }
    }

    @Test
    void readsNoValueWhereNoneStarts() throws IOException {
        try (JsonParser parser = StableJson.parser("{\"a\":1}".getBytes(StandardCharsets.UTF_8))) {
            assertThatThrownBy(() -> StableJson.read(parser)).isInstanceOf(JsonProcessingException.class);
            parser.nextToken();
            parser.nextToken();
            assertThatThrownBy(() -> StableJson.read(parser))
                    .isInstanceOf(JsonProcessingException.class)
                    .hasMessageContaining("FIELD_NAME");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, 0",
        "1.0, 1",
        "-2.5, -2.5",
        "1.0E21, 1e+21",
        "1.0E20, 100000000000000000000",
        "1.0E-6, 0.000001",
        "1.0E-7, 1e-7",
        "4.9E-324, 5e-324",
        "1.7976931348623157E308, 1.7976931348623157e+308",
        "2.0E-3, 0.002",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void spellsADoubleAsJavaScriptDoes(double value, String expected) {
        assertThat(StableJson.number(value)).isEqualTo(expected);
    }

    @Test
    void quotesAString() {
        assertThat(utf8(StableJson.string("a\"\\\b\u0001\u007f/\u00e9\u2028\ud83d\ude00\ud83d")))
                .isEqualTo("\"a\\\"\\\\\\b\\u0001\u007f/\u00e9\u2028\ud83d\ude00\\ud83d\"");
        assertThat(utf8(StableJson.string(""))).isEqualTo("\"\"");
    }

    @Test
    void quotesStringsThatGrowSixfold() {
        for (int length = 0; length < 200; length++) {
            String tail = "a".repeat(length % 7);
            assertThat(utf8(StableJson.string("\u0001".repeat(length) + tail + "\ud83d" + tail)))
                    .isEqualTo("\"" + "\\u0001".repeat(length) + tail + "\\ud83d" + tail + "\"");
        }
    }

    @Test
    void writesMoreThanItRead() throws IOException {
        String numbers = "1e21" + ",1e21".repeat(5_000);

        StableValue value = StableJson.parse(("[" + numbers + "]").getBytes(StandardCharsets.UTF_8));
        assertThat(utf8(value.utf8())).isEqualTo("[" + numbers.replace("e", "e+") + "]");
    }

    @Test
    void findsAKeyThatComesTwiceAmongManyInEachOfSeveralObjects() throws IOException {
        String first = hundredKeys("a");
        String second = hundredKeys("b");
        String document = "[{" + first + ",\"a98\":0},{" + second + ",\"b3\":0}]";

        StableValue value = StableJson.parse(document.getBytes(StandardCharsets.UTF_8));
        assertThat(utf8(value.utf8()))
                .isEqualTo("[{" + first.replace(":98", ":0") + "},{" + second.replace(":3,", ":0,") + "}]");
    }

    private static String hundredKeys(String prefix) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "\"" + prefix + i + "\":" + i)
                .collect(Collectors.joining(","));
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
