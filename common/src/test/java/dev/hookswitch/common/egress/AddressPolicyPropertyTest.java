package dev.hookswitch.common.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy against the same rules on strings of 0 and 1, over random addresses near and far from every border. */
class AddressPolicyPropertyTest {
    private static final List<String> DENIED_IPV4 =
            bits("0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
                    + " 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15"
                    + " 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32");
    private static final List<String> DENIED_IPV6 =
            bits("2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20");
    private static final List<String> METADATA_IPV4 =
            bits("169.254.169.254/32 169.254.169.253/32 169.254.169.123/32 169.254.170.2/32 169.254.170.23/32"
                    + " 168.63.129.16/32 100.100.100.200/32 169.254.0.23/32 169.254.42.42/32 192.0.0.192/32");
    private static final List<String> METADATA_IPV6 =
            bits("fd00:ec2::254/128 fd00:ec2::253/128 fd00:ec2::123/128 fd00:ec2::23/128 fd20:ce::254/128"
                    + " fd00:42::42/128");
    private static final String OPENED_IPV4 = "10.1.0.0/16 100.100.0.0/17 169.254.0.0/16 127.0.0.1/32";
    private static final String OPENED_IPV6 = "fd00::/17 2002::/16 fe80::/64";

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_115, 5_000_011})
    void agreesWithBitStrings(long seed) {
        Random random = new Random(seed);
        AddressPolicy closed = new AddressPolicy(List.of());
        AddressPolicy opened = new AddressPolicy(Stream.of((OPENED_IPV4 + " " + OPENED_IPV6).split(" ", -1))
                .map(Cidr::parse)
                .toList());
        Rules closedRules = new Rules(List.of(), List.of());
        Rules openedRules = new Rules(bits(OPENED_IPV4), bits(OPENED_IPV6));
        List<String> borders = new ArrayList<>(List.of("001"));
        Stream.of(DENIED_IPV4, DENIED_IPV6, METADATA_IPV4, METADATA_IPV6, openedRules.ipv4(), openedRules.ipv6())
                .forEach(borders::addAll);
        int allowed = 0;
        for (int i = 0; i < 20_000; i++) {
            String bits = address(random, borders);
            boolean expected = closedRules.allow(bits);
            allowed += expected ? 1 : 0;
            assertThat(closed.allows(bytes(bits))).as("seed %d, %s", seed, bits).isEqualTo(expected);
            assertThat(opened.allows(bytes(bits)))
                    .as("seed %d, opened, %s", seed, bits)
                    .isEqualTo(openedRules.allow(bits));
        }
        assertThat(allowed).as("both answers are well represented").isBetween(2_000, 18_000);
    }

    /** A random address, mostly one that shares all or nearly all of some range's bits; some with IPv4 or ISATAP inside. */
    private static String address(Random random, List<String> borders) {
        int length = random.nextBoolean() ? 32 : 128;
        StringBuilder bits = new StringBuilder();
        if (random.nextInt(4) > 0) {
            bits.append(borders.get(random.nextInt(borders.size())));
        }
        if (length == 128 && random.nextInt(4) == 0) {
            bits.setLength(Math.min(bits.length(), 64));
            fill(bits, 64, random);
            bits.append("000000").append(random.nextInt(4) == 0 ? "01" : "10").append("00000000");
            bits.append("0101111011111110");
        }
        if (length == 128 && random.nextInt(3) == 0 && bits.length() <= 96) {
            fill(bits, 96, random);
            bits.append(borders.get(random.nextInt(borders.size())));
        }
        fill(bits, length, random);
        bits.setLength(length);
        if (random.nextInt(4) == 0) {
            int flipped = random.nextInt(length);
            bits.setCharAt(flipped, bits.charAt(flipped) == '0' ? '1' : '0');
        }
        return bits.toString();
    }

    private static void fill(StringBuilder bits, int length, Random random) {
        int kind = random.nextInt(3);
        while (bits.length() < length) {
            bits.append(kind == 0 ? '0' : kind == 1 ? '1' : random.nextBoolean() ? '1' : '0');
        }
    }

    /** The rules again, with what the operator opened. */
    private record Rules(List<String> ipv4, List<String> ipv6) {
        boolean allow(String bits) {
            if (bits.length() == 32) {
                return !in(bits, METADATA_IPV4) && (!in(bits, DENIED_IPV4) || in(bits, ipv4));
            }
            String last = bits.substring(96);
            boolean metadata = in(bits, METADATA_IPV6)
                    || in(last, METADATA_IPV4)
                    || (bits.startsWith("0010000000000010") && in(bits.substring(16, 48), METADATA_IPV4));
            boolean isatap = bits.startsWith("000000", 64) && bits.startsWith("000000000101111011111110", 72);
            boolean global = bits.startsWith("001") && !in(bits, DENIED_IPV6);
            return (global || in(bits, ipv6)) && !metadata && (!isatap || allow(last));
        }

        private static boolean in(String bits, List<String> prefixes) {
            return prefixes.stream().anyMatch(bits::startsWith);
        }
    }

    private static List<String> bits(String ranges) {
        List<String> prefixes = new ArrayList<>();
        for (String range : ranges.split(" ", -1)) {
            int slash = range.indexOf('/');
            StringBuilder bits = new StringBuilder();
            try {
                for (byte b : InetAddress.getByName(range.substring(0, slash)).getAddress()) {
                    bits.append(Integer.toBinaryString(0x100 | (b & 0xff)).substring(1));
                }
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(range, e);
            }
            prefixes.add(bits.substring(0, Integer.parseInt(range.substring(slash + 1))));
        }
        return List.copyOf(prefixes);
    }

    private static byte[] bytes(String bits) {
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }
}
