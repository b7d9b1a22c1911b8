package dev.hookswitch.common.json;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whole documents, with keys that JavaScript moves or merges. Numbers that no JavaScript engine can keep are written
 * as a string with marks around it, so that an oracle carries them along unchanged: see {@link #unmarked}.
 */
final class DocumentCorpus {

    private static final Pattern MARKED = Pattern.compile("\"#(-?[0-9][^\"#]*)#\"");

    private static final List<String> KEYS = List.of(
            "a",
            "b",
            "c",
            "id",
            "type",
            "",
            "__proto__",
            "constructor",
            "\\u0061",
            "\u00e9",
            "\\u00e9",
            "e\\n",
            "\ud83d\ude00",
            "\\ud83d\\ude00",
            "0",
            "1",
            "2",
            "10",
            "9",
            "007",
            "00",
            "-1",
            "1.0",
            "1e3",
            "\\u0031",
            "4294967293",
            "4294967294",
            "4294967295",
            "4294967296",
            "99999999999",
            " 1",
            "2147483648");

    private static final List<String> UNSTABLE = List.of(
            "1e400",
            "-1E+400",
            "1e-400",
            "-0.5e-999",
            "9007199254740993",
            "-12345678901234567890",
            "1000000000000000000000",
            "1e309");

    private final Random random;
    private final TextCorpus texts;
    private final List<String> numbers;

    DocumentCorpus(long seed) {
        random = new Random(seed);
        texts = new TextCorpus(seed + 1);
        numbers = List.of("0", "-0", "1", "2500.00", "1e21", "0.0000001", "14155550123", "-0.0", "1.5E3", "5e-324");
    }

    /** The document with its marked numbers bare. */
    static String unmarked(String document) {
        return MARKED.matcher(document).replaceAll("$1");
    }

    static int countMarked(String document) {
        return (int) MARKED.matcher(document).results().count();
    }

    Stream<String> documents(int count) {
        return Stream.generate(() -> space() + value(5) + space()).limit(count);
    }

    private String value(int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 5);
        return switch (kind) {
            case 0 -> pick(List.of("true", "false", "null"));
            case 1, 2 -> '"' + texts.randomContent(6) + '"';
            case 3 -> random.nextInt(3) == 0 ? "\"#" + pick(UNSTABLE) + "#\"" : pick(numbers);
            case 4 -> pick(numbers);
            case 5, 6 -> list('[', ']', depth);
            default -> list('{', '}', depth);
        };
    }

    private String list(char open, char close, int depth) {
        StringBuilder list = new StringBuilder().append(open).append(space());
        int size = random.nextInt(50) == 0 ? 60 : random.nextInt(7);
        for (int i = 0; i < size; i++) {
            list.append(i == 0 ? "" : "," + space());
            if (open == '{') {
                list.append('"')
                        .append(size > 7 ? key() + random.nextInt(50) : key())
                        .append('"');
                list.append(space()).append(':').append(space());
            }
            list.append(value(size > 7 ? 0 : depth - 1)).append(space());
        }
        return list.append(close).toString();
    }

    private String key() {
        return random.nextInt(20) == 0 ? "k" + random.nextInt(1000) : pick(KEYS);
    }

    private String space() {
        return random.nextInt(4) == 0 ? pick(List.of(" ", "\n", "\t", "\r\n  ")) : "";
    }

    /** Events as telephony services send them. */
    Stream<String> webhooks(int count) {
        return Stream.generate(() -> """
                {
                  "event": "call.completed", "timestamp": "2024-01-15T10:%02d:00Z", "webhook_id": "wh_%08x",
                  "data": {
                    "call_id": "call_%016x", "duration_seconds": %d, "cost": %d.%02d0, "rate": %s,
                    "customer_name": "%s", "from": "+1415555%04d", "to_number": %d,
                    "recording_url": "https:\\/\\/cdn.example.com\\/r\\/%d.mp3", "visitor_session": null,
                    "custom": {"%s": true, "%d": "%s", "%d": 1.0}
                  }
                }
                """.formatted(
                                random.nextInt(60),
                                random.nextInt(),
                                random.nextLong(),
                                random.nextInt(10_000),
                                random.nextInt(100),
                                random.nextInt(100),
                                random.nextDouble(),
                                texts.randomContent(8),
                                random.nextInt(10_000),
                                random.nextLong() >>> 30,
                                random.nextInt(),
                                key(),
                                random.nextInt(1000),
                                texts.randomContent(4),
                                random.nextInt(1000)))
                .limit(count);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
