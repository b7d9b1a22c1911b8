package dev.hookswitch.common.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** The addresses that count as one sender: an IPv4 address, or the /64 of an IPv6 address, of which a sender has all. */
final class SourceAddress {
    private static final int PREFIX_BYTES = 8;

    private SourceAddress() {}

    /** Names the group of an address, in brackets or not; text that is no IPv6 address stands for itself. */
    static String group(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // Never looked up: a name has no colon. The zone says nothing about the sender.
            InetAddress parsed = InetAddress.getByName(address.replaceFirst("%[^]]*", ""));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX_BYTES)
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
