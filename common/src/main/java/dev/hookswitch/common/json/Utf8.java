package dev.hookswitch.common.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.io.ContentReference;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks UTF-8 as table 3-7 of the Unicode standard has it: no overlong forms, no surrogates, nothing past U+10FFFF. */
final class Utf8 {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long TOP_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Where the first malformed sequence starts; -1 when there is none. */
    static int firstMalformed(byte[] bytes) {
        int at = 0;
        while (true) {
            at = endOfAscii(bytes, at);
            if (at == bytes.length) {
                return -1;
            }
            int length = sequenceLength(bytes, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
    }

    private static int endOfAscii(byte[] bytes, int from) {
        int at = from;
        while (at <= bytes.length - Long.BYTES && ((long) EIGHT_BYTES.get(bytes, at) & TOP_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Bytes in the well-formed sequence that starts here with a byte beyond ASCII; 0 when it is malformed. */
    private static int sequenceLength(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return isWithin(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int low = lead == 0xE0 ? 0xA0 : 0x80;
            int high = lead == 0xED ? 0x9F : 0xBF;
            return isWithin(bytes, at + 1, low, high) && isWithin(bytes, at + 2, 0x80, 0xBF) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int low = lead == 0xF0 ? 0x90 : 0x80;
            int high = lead == 0xF4 ? 0x8F : 0xBF;
            boolean wellFormed = isWithin(bytes, at + 1, low, high)
                    && isWithin(bytes, at + 2, 0x80, 0xBF)
                    && isWithin(bytes, at + 3, 0x80, 0xBF);
            return wellFormed ? 4 : 0;
        }
        return 0;
    }

    private static boolean isWithin(byte[] bytes, int at, int low, int high) {
        return at < bytes.length && (bytes[at] & 0xFF) >= low && (bytes[at] & 0xFF) <= high;
    }

    /** The place of a byte, counted as Jackson does: lines and columns from one, a column for each byte. */
    static JsonLocation location(byte[] bytes, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            boolean crBeforeLf = bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n';
            if (bytes[i] == '\n' || (bytes[i] == '\r' && !crBeforeLf)) {
                line++;
                lineStart = i + 1;
            }
        }
        return new JsonLocation(ContentReference.unknown(), offset, -1, line, offset - lineStart + 1);
    }
}
