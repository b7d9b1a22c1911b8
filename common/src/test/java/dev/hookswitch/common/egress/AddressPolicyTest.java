package dev.hookswitch.common.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private static final AddressPolicy CLOSED = new AddressPolicy(List.of());

    /** Neighbours are left out where they belong to another denied range or where there are none. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,        0.255.255.255,   ,                1.0.0.0",
        "10.0.0.0,       10.255.255.255,  9.255.255.255,   11.0.0.0",
        "100.64.0.0,     100.127.255.255, 100.63.255.255,  100.128.0.0",
        "127.0.0.0,      127.255.255.255, 126.255.255.255, 128.0.0.0",
        "168.63.129.16,  168.63.129.16,   168.63.129.15,   168.63.129.17",
        "169.254.0.0,    169.254.255.255, 169.253.255.255, 169.255.0.0",
        "172.16.0.0,     172.31.255.255,  172.15.255.255,  172.32.0.0",
        "192.0.0.0,      192.0.0.255,     191.255.255.255, 192.0.1.0",
        "192.0.2.0,      192.0.2.255,     192.0.1.255,     192.0.3.0",
        "192.31.196.0,   192.31.196.255,  192.31.195.255,  192.31.197.0",
        "192.52.193.0,   192.52.193.255,  192.52.192.255,  192.52.194.0",
        "192.88.99.0,    192.88.99.255,   192.88.98.255,   192.88.100.0",
        "192.168.0.0,    192.168.255.255, 192.167.255.255, 192.169.0.0",
        "192.175.48.0,   192.175.48.255,  192.175.47.255,  192.175.49.0",
        "198.18.0.0,     198.19.255.255,  198.17.255.255,  198.20.0.0",
        "198.51.100.0,   198.51.100.255,  198.51.99.255,   198.51.101.0",
        "203.0.113.0,    203.0.113.255,   203.0.112.255,   203.0.114.0",
        "224.0.0.0,      239.255.255.255, 223.255.255.255, ",
        "240.0.0.0,      255.255.255.255, ,                ",
    })
    void deniesEveryIpv4RangeThatIsNotPublicAndNothingBesideIt(
            String first, String last, @Nullable String before, @Nullable String after) {
        assertDenied(first);
        assertDenied(last);
        assertAllowed(before);
        assertAllowed(after);
    }

    @ParameterizedTest
    @CsvSource({
        "::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , 2000::",
        "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:200::",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2003::",
        "2620:4f:8000::, 2620:4f:8000:ffff:ffff:ffff:ffff:ffff, 2620:4f:7fff:ffff:ffff:ffff:ffff:ffff, 2620:4f:8001::",
        "3ffe::, 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3ffd:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, , 3fff:1000::",
        "4000::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
    })
    void allowsOfIpv6OnlyGlobalUnicastLessItsExceptions(
            String first, String last, @Nullable String before, @Nullable String after) {
        assertDenied(first);
        assertDenied(last);
        assertAllowed(before);
        assertAllowed(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1",
                "::8.8.8.8",
                "::ffff:8.8.8.8",
                "::ffff:0:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "2002:808:808::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456:789a::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1",
            })
    void deniesEveryIpv6FormThatIsLocalOrWrapsAnIpv4Address(String address) {
        assertDenied(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450:4001:81b::200e", "2620:fe::fe"})
    void allowsPublicIpv6(String address) {
        assertAllowed(address);
    }

    @ParameterizedTest
    @CsvSource({
        "2606:4700::5efe:8.8.8.8,          true",
        "2606:4700::200:5efe:8.8.8.8,      true",
        "2606:4700::5efe:10.0.0.1,         false",
        "2606:4700::200:5efe:127.0.0.1,    false",
        "2606:4700::300:5efe:192.168.1.1,  false",
        "2606:4700::5efe:169.254.169.254,  false",
        "2606:4700::5eff:10.0.0.1,         true",
        "2606:4700::1:5efe:10.0.0.1,       true",
        "2606:4700::400:5efe:10.0.0.1,     true",
    })
    void judgesIsatapByTheIpv4AddressInside(String address, boolean allowed) {
        assertThat(CLOSED.allows(bytes(address))).isEqualTo(allowed);
    }

    @Test
    void theOperatorOpensARangeAndNothingElse() {
        AddressPolicy policy = opened("10.1.0.0/16", "127.0.0.1/32", "fd00:1::/32");
        assertThat(policy.allows(bytes("10.1.0.0"))).isTrue();
        assertThat(policy.allows(bytes("10.1.255.255"))).isTrue();
        assertThat(policy.allows(bytes("127.0.0.1"))).isTrue();
        assertThat(policy.allows(bytes("fd00:1::5"))).isTrue();
        assertThat(policy.allows(bytes("8.8.8.8"))).isTrue();
        assertThat(policy.allows(bytes("10.0.255.255"))).isFalse();
        assertThat(policy.allows(bytes("10.2.0.0"))).isFalse();
        assertThat(policy.allows(bytes("127.0.0.2"))).isFalse();
        assertThat(policy.allows(bytes("fd00:2::5"))).isFalse();
        assertThat(policy.allows(bytes("::ffff:10.1.0.0"))).isFalse();
    }

    @Test
    void anOpenedRangeStillJudgesIsatapByTheAddressInside() {
        AddressPolicy policy = opened("fd00:1::/32", "10.1.0.0/16");
        assertThat(policy.allows(bytes("fd00:1::5efe:10.1.0.1"))).isTrue();
        assertThat(policy.allows(bytes("fd00:1::5efe:127.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.169.253",
                "169.254.169.123",
                "169.254.170.2",
                "169.254.170.23",
                "168.63.129.16",
                "100.100.100.200",
                "169.254.0.23",
                "169.254.42.42",
                "192.0.0.192",
                "fd00:ec2::254",
                "fd00:ec2::253",
                "fd00:ec2::123",
                "fd00:ec2::23",
                "fd20:ce::254",
                "fd00:42::42",
                "fd00:c1::a9fe:a9fe",
                "fe80::a9fe:a9fe",
                "::169.254.169.254",
                "::ffff:169.254.169.254",
                "::ffff:0:169.254.170.2",
                "64:ff9b::100.100.100.200",
                "2002:a9fe:a9fe::1",
                "2002:a83f:8110::",
                "2606:4700::200:5efe:168.63.129.16",
            })
    void metadataStaysShutEvenWhenEverythingIsOpened(String address) {
        assertThat(opened("0.0.0.0/0", "::/0").allows(bytes(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"169.254.169.255", "169.254.170.1", "100.100.100.201", "fd00:ec2::255", "2002:a9fe:a9ff::1"})
    void whatIsBesideMetadataCanBeOpened(String address) {
        assertDenied(address);
        assertThat(opened("0.0.0.0/0", "::/0").allows(bytes(address))).isTrue();
    }

    @Test
    void takesWhatJavaMadeOfAnAddress() throws Exception {
        assertThat(CLOSED.allows(InetAddress.getByAddress(bytes("8.8.8.8")))).isTrue();
        assertThat(CLOSED.allows(InetAddress.getByAddress(bytes("10.0.0.1")))).isFalse();
        // Java turns a mapped address into IPv4, and that is what it would connect to.
        assertThat(CLOSED.allows(InetAddress.getByAddress(bytes("::ffff:10.0.0.1"))))
                .isFalse();
        assertThat(CLOSED.allows(InetAddress.getByAddress("example.com", bytes("2606:4700::1"))))
                .isTrue();
        assertThat(CLOSED.allows(InetAddress.getLoopbackAddress())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void deniesBytesThatAreNoAddress(int length) {
        assertThat(opened("0.0.0.0/0", "::/0").allows(new byte[length])).isFalse();
    }

    private static void assertDenied(String address) {
        assertThat(CLOSED.allows(bytes(address))).as(address).isFalse();
    }

    private static void assertAllowed(@Nullable String address) {
        if (address != null) {
            assertThat(CLOSED.allows(bytes(address))).as(address).isTrue();
        }
    }

    private static AddressPolicy opened(String... ranges) {
        return new AddressPolicy(List.of(ranges).stream().map(Cidr::parse).toList());
    }

    private static byte[] bytes(String text) {
        byte[] address = text.contains(":") ? AddressText.ipv6(text) : AddressText.ipv4(text);
        if (address == null) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }
}
