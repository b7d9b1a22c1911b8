package dev.hookswitch.common.egress;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses from text, strictly and without a look-up. Java's own reader takes {@code 127.1} and octal-looking
 * parts, and turns a mapped IPv6 address into IPv4.
 */
final class AddressText {
    private static final Pattern DECIMAL_BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern HEX_GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final int IPV6_BYTES = 16;

    private AddressText() {}

    /** The four bytes of a dotted quad, or null when the text is none. */
    static byte @Nullable [] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (!DECIMAL_BYTE.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
                return null;
            }
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return address;
    }

    /** The sixteen bytes of an IPv6 address (RFC 4291, section 2.2), or null when the text is none. Takes no zone. */
    static byte @Nullable [] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] whole = groups(text);
            return whole != null && whole.length == IPV6_BYTES ? whole : null;
        }
        String before = text.substring(0, gap);
        byte[] head = groups(before);
        byte[] tail = groups(text.substring(gap + 2));
        // The gap stands for one group or more, and an embedded IPv4 address ends the text.
        if (head == null || tail == null || head.length + tail.length > IPV6_BYTES - 2 || before.contains(".")) {
            return null;
        }
        byte[] address = Arrays.copyOf(head, IPV6_BYTES);
        System.arraycopy(tail, 0, address, IPV6_BYTES - tail.length, tail.length);
        return address;
    }

    /** The bytes of groups that colons part, of which the last may be a dotted quad; null when one is malformed. */
    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        if (parts.length > 8) {
            return null;
        }
        byte[] bytes = new byte[2 * parts.length + 2];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            byte[] group = i == parts.length - 1 && parts[i].contains(".") ? ipv4(parts[i]) : group(parts[i]);
            if (group == null) {
                return null;
            }
            System.arraycopy(group, 0, bytes, length, group.length);
            length += group.length;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static byte @Nullable [] group(String text) {
        if (!HEX_GROUP.matcher(text).matches()) {
            return null;
        }
        int value = Integer.parseInt(text, 16);
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }
}
