package dev.hookswitch.common.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hookswitch.common.json.StableJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A valid event with random damage: the parser answers, whatever comes, and what it accepts is sound. */
class EventParserFuzzTest {
    private static final int ROUNDS = 40_000;
    private static final byte[] EVENT = """
            {"id":"evt_1","type":"call.completed","tenant":"acme","occurred_at":"2024-01-15T10:30:00.25+01:00",
            "workspace":{"id":1,"name":"Zo\u00eb \ud83d\ude00"},"more":[1,{"a":"\\ud800"},null,true,-1.5e-7],
            "data":{"call_id":"c","n":2500.00,"b":9007199254740993,"0":{},"text":"\\u0000\\"\\\\/\u20ac"}}
            """.getBytes(UTF_8);
    private static final List<byte[]> PIECES = List.of(
                    "\"",
                    "\\",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "null",
                    "\"id\":",
                    "1e400",
                    "-0",
                    "\\ud83d",
                    "\u20ac",
                    " ",
                    "\n",
                    "\0",
                    "\ufeff",
                    "\"data\":{},",
                    "\"workspace\":null,",
                    "/",
                    "NaN")
            .stream()
            .map(piece -> piece.getBytes(UTF_8))
            .toList();

    private final EventParser parser = new EventParser(4_096);

    @ParameterizedTest
    @ValueSource(longs = {7, 1_705_312_800})
    void answersWhateverComes(long seed) {
        Random random = new Random(seed);
        Map<Problem.Reason, Integer> reasons = new EnumMap<>(Problem.Reason.class);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damaged(random);
            try {
                ParsedEvent parsed = parser.parse(damaged);
                if (parsed instanceof ParsedEvent.Accepted sound) {
                    accepted++;
                    check(sound.event());
                } else if (parsed instanceof ParsedEvent.Refused refused) {
                    reasons.merge(refused.problem().reason(), 1, Integer::sum);
                    assertThat(refused.problem().message()).isNotBlank();
                }
            } catch (RuntimeException | IOException | AssertionError | StackOverflowError e) {
                fail(
                        "seed " + seed + ", round " + round + ", hex "
                                + HexFormat.of().formatHex(damaged),
                        e);
            }
        }
        assertThat(accepted).as("some damage is harmless").isGreaterThan(ROUNDS / 20);
        assertThat(reasons)
                .containsKeys(Problem.Reason.NOT_JSON, Problem.Reason.MISSING_FIELD, Problem.Reason.INVALID_FIELD);
    }

    private static void check(DomainEvent event) throws IOException {
        assertThat(event.id()).isNotEmpty();
        assertThat(StableJson.parse(event.dataJson()).utf8()).isEqualTo(event.dataJson());
        assertThat(event.dataJson()[0]).isEqualTo((byte) '{');
        byte[] workspace = event.workspaceJson();
        if (workspace != null) {
            assertThat(StableJson.parse(workspace).utf8()).isEqualTo(workspace);
        }
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = EVENT;
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int from = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, from + random.nextInt(random.nextInt(4) == 0 ? 60 : 3));
            byte[] piece = switch (random.nextInt(4)) {
                case 0 -> new byte[0];
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                case 2 -> PIECES.get(random.nextInt(PIECES.size()));
                default -> Arrays.copyOfRange(EVENT, 0, random.nextInt(EVENT.length));
            };
            bytes = spliced(bytes, from, to, piece);
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + piece.length);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, to, result, from + piece.length, bytes.length - to);
        return result;
    }
}
