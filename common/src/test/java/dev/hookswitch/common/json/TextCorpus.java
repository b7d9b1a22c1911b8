package dev.hookswitch.common.json;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** JSON string literals: every UTF-16 code unit escaped and raw, surrogates in every company, and many at random. */
final class TextCorpus {

    private static final List<String> PIECES = List.of(
            "a",
            "call ",
            "id_",
            "7",
            "/",
            "\\/",
            "\\\"",
            "\\\\",
            "\\b",
            "\\f",
            "\\n",
            "\\r",
            "\\t",
            "\\u0000",
            "\\u001F",
            "\\u0041",
            "\\u00e9",
            "\\u2028",
            "\\uD83D",
            "\\ud83d\\ude00",
            "\\uDE00",
            "\\uffff",
            "\u007f",
            "\u0080",
            "\u00e9",
            "\u07ff",
            "\u0800",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\ufffd",
            "\uffff",
            "\ud83d\ude00",
            "\ud800\udc00",
            "\udbff\udfff",
            "<&>'",
            " ");

    private final Random random;

    TextCorpus(long seed) {
        random = new Random(seed);
    }

    Stream<String> everyCodeUnit() {
        return IntStream.rangeClosed(0, 0xFFFF).mapToObj(unit -> {
            String escape = escape(unit, unit % 2 == 0);
            boolean mayStandRaw = unit >= 0x20 && unit != '"' && unit != '\\' && !Character.isSurrogate((char) unit);
            return '"' + escape + (mayStandRaw ? "." + (char) unit : "") + '"';
        });
    }

    Stream<String> everySurrogateInCompany() {
        return IntStream.rangeClosed(0xD800, 0xDFFF).mapToObj(unit -> {
            String escape = escape(unit, unit % 3 == 0);
            return '"' + escape + "\\ud83d" + escape + "\\uDE00" + escape + "\ud83d\ude00" + escape + escape + '"';
        });
    }

    Stream<String> randomStrings(int count) {
        return Stream.generate(() -> '"' + randomContent(12) + '"').limit(count);
    }

    /** The inside of a string literal. */
    String randomContent(int maxPieces) {
        StringBuilder content = new StringBuilder();
        for (int left = random.nextInt(maxPieces); left > 0; left--) {
            content.append(
                    random.nextInt(4) == 0
                            ? escape(random.nextInt(0x10000), random.nextBoolean())
                            : PIECES.get(random.nextInt(PIECES.size())));
        }
        return content.toString();
    }

    private static String escape(int unit, boolean upperCase) {
        return String.format(upperCase ? "\\u%04X" : "\\u%04x", unit);
    }
}
