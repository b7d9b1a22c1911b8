package dev.hookswitch.common.json;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;

/** Spells numbers as ECMAScript's Number::toString does. One instance serves one thread; it keeps nothing between calls. */
final class NumberText {

    /** Any decimal of so many digits is the shortest spelling of its nearest double, which need not be computed. */
    private static final int EXACT_DIGITS = 15;

    /** Powers of ten within which the above holds: subnormal doubles have fewer digits. */
    private static final int EXACT_POINT = 300;

    /** The longest shortest spelling of a double. */
    private static final int MAX_DIGITS = 17;

    /** Below this, Jackson's algorithm (like Double.toString) gives two digits although one would do. */
    private static final double ONE_DIGIT_MAY_DO = 1e-320;

    /** Exponents beyond it are all the same; far from overflow when more digits or the point are added. */
    private static final int EXPONENT_CAP = 1_000_000;

    // The number at hand is 0.d1d2d3... x 10^point, where neither the first nor the last digit is zero.
    private final char[] digits = new char[MAX_DIGITS];
    private int count;
    private int point;
    private boolean negative;

    /** Writes a finite number. */
    void write(double value, JsonBytes out) {
        scanShortest(value);
        layOut(out);
    }

    /** Writes an integer literal of JSON; false when it is unstable and was written as it came. */
    boolean writeInteger(char[] text, int from, int length, JsonBytes out) {
        if (length <= EXACT_DIGITS) {
            if (length == 2 && text[from] == '-' && text[from + 1] == '0') {
                out.write('0');
            } else {
                out.ascii(text, from, length);
            }
            return true;
        }
        int start = out.length();
        double value = NumberInput.parseDouble(text, from, length, true);
        if (Double.isFinite(value)) {
            write(value, out);
            if (out.endsWith(start, text, from, length)) {
                return true;
            }
        }
        out.truncate(start);
        out.ascii(text, from, length);
        return false;
    }

    /** Writes a literal with a fraction or an exponent; false when it is unstable and was written as it came. */
    boolean writeDecimal(char[] text, int from, int length, JsonBytes out) {
        boolean exact = scan(text, from, from + length, EXACT_DIGITS)
                && (count == 0 || (point > -EXACT_POINT && point < EXACT_POINT));
        if (!exact) {
            double value = NumberInput.parseDouble(text, from, length, true);
            if (value == 0 || !Double.isFinite(value)) {
                out.ascii(text, from, length);
                return false;
            }
            scanShortest(value);
        }
        layOut(out);
        return true;
    }

    /** The shortest digits that read back as the value, and of those the closest. */
    private void scanShortest(double value) {
        String text = NumberOutput.toString(value, true);
        if (!scan(text.toCharArray(), 0, text.length(), MAX_DIGITS)) {
            throw new AssertionError("no double needs more than 17 digits: " + text);
        }
        if (Math.abs(value) < ONE_DIGIT_MAY_DO && count == 2) {
            dropSecondDigit(value);
        }
    }

    private void dropSecondDigit(double value) {
        int first = digits[0] - '0' + (digits[1] >= '5' ? 1 : 0);
        int exponent = point - 1;
        double shorter = Double.parseDouble(first + "e" + exponent);
        if (shorter == Math.abs(value)) {
            digits[0] = (char) (first == 10 ? '1' : '0' + first);
            count = 1;
            point += first == 10 ? 1 : 0;
        }
    }

    /** Takes a literal apart; false when it has more digits than {@code maxDigits}. */
    private boolean scan(char[] text, int from, int to, int maxDigits) {
        count = 0;
        point = 0;
        negative = text[from] == '-';
        int zeros = 0;
        boolean fraction = false;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            char c = text[i];
            if (c == '.') {
                fraction = true;
            } else if (c == 'e' || c == 'E') {
                point += exponent(text, i + 1, to);
                break;
            } else if (c == '0' && count == 0) {
                point -= fraction ? 1 : 0;
            } else {
                point += fraction ? 0 : 1;
                if (c == '0') {
                    zeros++;
                } else if (count + zeros >= maxDigits) {
                    return false;
                } else {
                    for (; zeros > 0; zeros--) {
                        digits[count++] = '0';
                    }
                    digits[count++] = c;
                }
            }
        }
        return true;
    }

    private static int exponent(char[] text, int from, int to) {
        boolean signed = text[from] == '-' || text[from] == '+';
        int exponent = 0;
        for (int i = signed ? from + 1 : from; i < to; i++) {
            exponent = Math.min(exponent * 10 + text[i] - '0', EXPONENT_CAP);
        }
        return text[from] == '-' ? -exponent : exponent;
    }

    /** Number::toString, steps 6 to 10, where our {@code point} is its n and our {@code count} its k. */
    private void layOut(JsonBytes out) {
        if (count == 0) {
            out.write('0');
            return;
        }
        if (negative) {
            out.write('-');
        }
        if (point > 21 || point <= -6) {
            scientific(out);
        } else if (point <= 0) {
            out.write('0');
            out.write('.');
            zeros(-point, out);
            out.ascii(digits, 0, count);
        } else if (point < count) {
            out.ascii(digits, 0, point);
            out.write('.');
            out.ascii(digits, point, count - point);
        } else {
            out.ascii(digits, 0, count);
            zeros(point - count, out);
        }
    }

    private void scientific(JsonBytes out) {
        out.write(digits[0]);
        if (count > 1) {
            out.write('.');
            out.ascii(digits, 1, count - 1);
        }
        int exponent = point - 1;
        out.write('e');
        out.write(exponent < 0 ? '-' : '+');
        char[] text = Integer.toString(Math.abs(exponent)).toCharArray();
        out.ascii(text, 0, text.length);
    }

    private static void zeros(int count, JsonBytes out) {
        for (int i = 0; i < count; i++) {
            out.write('0');
        }
    }
}
