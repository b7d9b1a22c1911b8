package dev.hookswitch.common.json;

import java.util.Arrays;

/** A growing buffer of UTF-8 that knows how JSON.stringify quotes a string. */
final class JsonBytes {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes;
    private int length;

    JsonBytes(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /** For each ASCII character: 0 when it stands for itself, else the letter after the backslash. */
    private static byte[] escapes() {
        byte[] letters = new byte[0x80];
        Arrays.fill(letters, 0, 0x20, (byte) 'u');
        letters['\b'] = 'b';
        letters['\f'] = 'f';
        letters['\n'] = 'n';
        letters['\r'] = 'r';
        letters['\t'] = 't';
        letters['"'] = '"';
        letters['\\'] = '\\';
        return letters;
    }

    int length() {
        return length;
    }

    /** Drops all bytes from here on. */
    void truncate(int newLength) {
        length = newLength;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    byte[] copyOfRange(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    void write(int ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    void write(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    void ascii(char[] text, int from, int count) {
        reserve(count);
        for (int i = from; i < from + count; i++) {
            bytes[length++] = (byte) text[i];
        }
    }

    /** Whether the bytes from {@code start} to the end spell this text. */
    boolean endsWith(int start, char[] text, int from, int count) {
        if (length - start != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (bytes[start + i] != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Writes a text as a string literal. */
    void string(char[] text, int from, int count) {
        reserve(count + 2);
        bytes[length++] = '"';
        int to = from + count;
        int at = from;
        while (true) {
            at = plain(text, at, to);
            if (at == to) {
                break;
            }
            // At most six bytes for what comes now, and one for each character after it and for the quote.
            reserve(to - at + 6);
            at += special(text, at, to);
        }
        bytes[length++] = '"';
    }

    /** Copies ASCII that needs no escape; where it ends. There is room for it. */
    private int plain(char[] text, int from, int to) {
        byte[] target = bytes;
        int end = length;
        int at = from;
        while (at < to) {
            char c = text[at];
            if (c >= 0x80 || ESCAPES[c] != 0) {
                break;
            }
            target[end++] = (byte) c;
            at++;
        }
        length = end;
        return at;
    }

    /** Writes one character that is not plain; how many chars it took. */
    private int special(char[] text, int at, int to) {
        char c = text[at];
        if (c < 0x80) {
            escape(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | (c >> 6));
            continuation(c);
        } else if (!Character.isSurrogate(c)) {
            bytes[length++] = (byte) (0xE0 | (c >> 12));
            continuation(c >> 6);
            continuation(c);
        } else if (Character.isHighSurrogate(c) && at + 1 < to && Character.isLowSurrogate(text[at + 1])) {
            int codePoint = Character.toCodePoint(c, text[at + 1]);
            bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
            continuation(codePoint >> 12);
            continuation(codePoint >> 6);
            continuation(codePoint);
            return 2;
        } else {
            hexEscape(c);
        }
        return 1;
    }

    private void continuation(int bits) {
        bytes[length++] = (byte) (0x80 | (bits & 0x3F));
    }

    private void escape(char c) {
        byte letter = ESCAPES[c];
        if (letter == 'u') {
            hexEscape(c);
        } else {
            bytes[length++] = '\\';
            bytes[length++] = letter;
        }
    }

    private void hexEscape(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 0xF];
        }
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
