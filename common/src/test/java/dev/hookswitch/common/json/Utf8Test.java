package dev.hookswitch.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

    private static final long SEED = 20241115;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer chars = CharBuffer.allocate(64);

    @Test
    void agreesWithTheDecoderOnEveryLeadAndSecondByte() {
        int[] tails = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
        byte[] bytes = new byte[4];
        for (int start = 0; start < 0x10000; start++) {
            bytes[0] = (byte) (start >> 8);
            bytes[1] = (byte) start;
            for (int third : tails) {
                bytes[2] = (byte) third;
                for (int fourth : tails) {
                    bytes[3] = (byte) fourth;
                    assertAgrees(bytes);
                }
            }
        }
    }

    @Test
    void agreesWithTheDecoderOnRandomBytesOfEveryLength() {
        Random random = new Random(SEED);
        int[] likely = {'a', 'b', 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xF4, 0x8F};
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int at = 0; at < bytes.length; at++) {
                boolean ascii = random.nextInt(4) > 0;
                bytes[at] = (byte) (ascii ? 'x' : likely[random.nextInt(likely.length)]);
            }
            assertAgrees(bytes);
        }
    }

    private void assertAgrees(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        chars.clear();
        CoderResult result = decoder.reset().decode(in, chars, true);
        int expected = result.isError() ? in.position() : -1;
        if (Utf8.firstMalformed(bytes) != expected) {
            assertThat(Utf8.firstMalformed(bytes))
                    .as("in %s, seed %d", bytes, SEED)
                    .isEqualTo(expected);
        }
    }
}
