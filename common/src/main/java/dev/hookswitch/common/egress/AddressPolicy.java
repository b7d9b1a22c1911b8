package dev.hookswitch.common.egress;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses may be called, decided on their bytes. Everything is shut that the IANA special-purpose registries (RFC
 * 6890) do not list as global unicast; the operator may open ranges, yet never the metadata services of the big clouds.
 */
public final class AddressPolicy {
    private static final Cidr[] DENIED_IPV4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All of IPv6 that is handed out to anybody. */
    private static final Cidr GLOBAL_IPV6 = Cidr.parse("2000::/3");

    private static final Cidr[] DENIED_GLOBAL_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20");

    private static final Cidr[] METADATA = ranges(
            // AWS, Google, Azure, Oracle, DigitalOcean, OpenStack and many more; then AWS name server and clock.
            "169.254.169.254/32",
            "169.254.169.253/32",
            "169.254.169.123/32",
            // AWS: credentials of containers and of pods.
            "169.254.170.2/32",
            "169.254.170.23/32",
            // Azure: agent. Alibaba. Tencent. Scaleway. Oracle's older cloud.
            "168.63.129.16/32",
            "100.100.100.200/32",
            "169.254.0.23/32",
            "169.254.42.42/32",
            "192.0.0.192/32",
            // AWS: instance, name server, clock, pods. Google. Scaleway.
            "fd00:ec2::254/128",
            "fd00:ec2::253/128",
            "fd00:ec2::123/128",
            "fd00:ec2::23/128",
            "fd20:ce::254/128",
            "fd00:42::42/128");

    private static final long SIX_TO_FOUR = 0x2002;
    /** The upper half of an ISATAP interface id (RFC 5214), but for its universal and group bits. */
    private static final int ISATAP = 0x0000_5efe;

    private static final int ISATAP_MASK = 0xfcff_ffff;

    private final Cidr[] opened;

    /** @param opened ranges that may be called although they are not public */
    public AddressPolicy(List<Cidr> opened) {
        this.opened = opened.toArray(new Cidr[0]);
    }

    private static Cidr[] ranges(String... texts) {
        return Arrays.stream(texts).map(Cidr::parse).toArray(Cidr[]::new);
    }

    /** Whether a connection to the address may be opened. */
    public boolean allows(InetAddress address) {
        return allows(address.getAddress());
    }

    /** Whether a connection to the address, 4 or 16 bytes in network order, may be opened; never for another length. */
    public boolean allows(byte[] address) {
        return switch (address.length) {
            case 4 -> allowsIpv4(Cidr.high(address));
            case 16 -> allowsIpv6(Cidr.high(address), Cidr.low(address));
            default -> false;
        };
    }

    /** Whether one of the operator's own ranges holds the address. */
    public boolean isOpened(InetAddress address) {
        byte[] bytes = address.getAddress();
        return anyContains(opened, 8 * bytes.length, Cidr.high(bytes), Cidr.low(bytes));
    }

    private boolean allowsIpv4(long high) {
        return !anyContains(METADATA, 32, high, 0)
                && (!anyContains(DENIED_IPV4, 32, high, 0) || anyContains(opened, 32, high, 0));
    }

    private boolean allowsIpv6(long high, long low) {
        boolean open = anyContains(opened, 128, high, low)
                || (GLOBAL_IPV6.contains(128, high, low) && !anyContains(DENIED_GLOBAL_IPV6, 128, high, low));
        return open && !isMetadata(high, low) && (!isIsatap(low) || allowsIpv4(low << 32));
    }

    /** Translators and tunnels carry an IPv4 address at the end, 6to4 behind its prefix: metadata hides in neither. */
    private static boolean isMetadata(long high, long low) {
        return anyContains(METADATA, 128, high, low)
                || anyContains(METADATA, 32, low << 32, 0)
                || (high >>> 48 == SIX_TO_FOUR && anyContains(METADATA, 32, high << 16 & 0xffff_ffff_0000_0000L, 0));
    }

    private static boolean isIsatap(long low) {
        return ((int) (low >>> 32) & ISATAP_MASK) == ISATAP;
    }

    private static boolean anyContains(Cidr[] ranges, int bits, long high, long low) {
        for (Cidr range : ranges) {
            if (range.contains(bits, high, low)) {
                return true;
            }
        }
        return false;
    }
}
