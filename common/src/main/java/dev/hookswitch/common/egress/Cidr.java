package dev.hookswitch.common.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A range of addresses, such as {@code 10.1.0.0/16} or {@code fd00::/8} (RFC 4632, RFC 4291).
 *
 * @param addressBits 32 for IPv4, 128 for IPv6
 * @param high the first 64 bits of the first address; those of IPv4 stand at the top
 * @param low the other 64 bits
 * @param prefixLength how many leading bits the addresses share
 */
public record Cidr(int addressBits, long high, long low, int prefixLength) {
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    public Cidr {
        if (addressBits != 32 && addressBits != 128) {
            throw new IllegalArgumentException("an address must have 32 or 128 bits, has " + addressBits);
        }
        if (prefixLength < 0 || prefixLength > addressBits) {
            throw new IllegalArgumentException("prefix must be 0 to " + addressBits + ", was " + prefixLength);
        }
        if ((high & ~highMask(prefixLength)) != 0 || (low & ~lowMask(prefixLength)) != 0) {
            throw new IllegalArgumentException("no bit may be set after the first " + prefixLength);
        }
    }

    /**
     * Reads address, slash and prefix length.
     *
     * @throws IllegalArgumentException naming the rule
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String prefix = text.substring(slash + 1);
        byte[] address = slash < 0 ? null : AddressText.ipv4(text.substring(0, slash));
        if (address == null && slash >= 0) {
            address = AddressText.ipv6(text.substring(0, slash));
        }
        if (address == null || !PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("must be a range such as 10.1.0.0/16 or fd00::/8, was: " + text);
        }
        try {
            return new Cidr(8 * address.length, high(address), low(address), Integer.parseInt(prefix));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be a range: " + e.getMessage() + ", was: " + text, e);
        }
    }

    /** Whether the address, 4 or 16 bytes, is in the range. Never of another family's range. */
    public boolean contains(byte[] address) {
        return contains(8 * address.length, high(address), low(address));
    }

    boolean contains(int bits, long addressHigh, long addressLow) {
        return bits == addressBits
                && ((addressHigh ^ high) & highMask(prefixLength)) == 0
                && ((addressLow ^ low) & lowMask(prefixLength)) == 0;
    }

    /** The first 64 bits; the 32 of IPv4 stand at the top. */
    static long high(byte[] address) {
        return (long) word(address, 0) << 32 | (address.length == 16 ? word(address, 4) & 0xffff_ffffL : 0);
    }

    /** The last 64 bits of IPv6; 0 for IPv4. */
    static long low(byte[] address) {
        return address.length == 16 ? (long) word(address, 8) << 32 | (word(address, 12) & 0xffff_ffffL) : 0;
    }

    private static int word(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | (bytes[at + 3] & 0xff);
    }

    private static long highMask(int prefix) {
        return prefix == 0 ? 0 : prefix >= 64 ? -1 : -1L << (64 - prefix);
    }

    private static long lowMask(int prefix) {
        return prefix <= 64 ? 0 : -1L << (128 - prefix);
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            byte[] address = addressBits == 32 ? new byte[] {bytes[0], bytes[1], bytes[2], bytes[3]} : bytes;
            return InetAddress.getByAddress(address).getHostAddress() + "/" + prefixLength;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }
}
