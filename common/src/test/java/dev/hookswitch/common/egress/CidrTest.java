package dev.hookswitch.common.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0,        0.0.0.0,     255.255.255.255",
        "10.1.0.0/16,      10.1.0.0,    10.1.255.255",
        "10.1.2.3/32,      10.1.2.3,    10.1.2.3",
        "128.0.0.0/1,      128.0.0.0,   255.255.255.255",
        "::/0,             ::,          ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fd00::/8,         fd00::,      fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/64,    2001:db8::,  2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::/65,    2001:db8::,  2001:db8::7fff:ffff:ffff:ffff",
        "2001:db8::/63,    2001:db8::,  2001:db8:0:1:ffff:ffff:ffff:ffff",
        "::1/128,          ::1,         ::1",
        "::10.0.0.0/104,   ::10.0.0.0,  ::10.255.255.255",
    })
    void containsItsFirstAndItsLastAddress(String range, String first, String last) throws Exception {
        Cidr cidr = Cidr.parse(range);
        assertThat(cidr.contains(bytes(first))).isTrue();
        assertThat(cidr.contains(bytes(last))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,    10.0.255.255",
        "10.1.0.0/16,    10.2.0.0",
        "10.1.2.3/32,    10.1.2.2",
        "2001:db8::/64,  2001:db8:0:1::",
        "2001:db8::/65,  2001:db8::8000:0:0:0",
        "::1/128,        ::2",
        "::1/128,        ::",
        "0.0.0.0/0,      ::1",
        "::/0,           10.0.0.1",
        "::/0,           0.0.0.0",
    })
    void containsNothingElse(String range, String outside) throws Exception {
        assertThat(Cidr.parse(range).contains(bytes(outside))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8 ",
                "10.0.0.0/8/8",
                "10.0.0.0/255.0.0.0",
                "10.0.0/8",
                "10.0.0.0.0/8",
                "010.0.0.0/8",
                "256.0.0.0/8",
                "0x0a.0.0.0/8",
                "a.example.com/8",
                "::g/8",
                "1::2::3/8",
                "1:2:3:4:5:6:7/64",
                "1:2:3:4:5:6:7:8:9/64",
                "1:2:3:4:5:6:7::8/64",
                ":1::/64",
                "12345::/16",
                "fe80::%eth0/64",
                "1.2.3.4::/64",
                "1.2.3.4:1::/64",
            })
    void refusesWhatIsNoRangeAndShowsTheForm(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a range such as 10.1.0.0/16 or fd00::/8, was: " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.1/16,      no bit may be set after the first 16",
        "10.0.0.0/0,       no bit may be set after the first 0",
        "2001:db8::1/64,   no bit may be set after the first 64",
        "2001:db8:1::/32,  no bit may be set after the first 32",
        "2001:db8::1/127,  no bit may be set after the first 127",
        "10.0.0.0/33,      'prefix must be 0 to 32, was 33'",
        "fd00::/129,       'prefix must be 0 to 128, was 129'",
    })
    void refusesHostBitsAndLongPrefixesByRule(String text, String rule) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be a range: " + rule + ", was: " + text);
    }

    @Test
    void equalRangesAreEqualHoweverTheyAreWritten() {
        assertThat(Cidr.parse("2001:DB8:0::/48")).isEqualTo(Cidr.parse("2001:db8::/48"));
        assertThat(Cidr.parse("10.0.0.0/8")).isNotEqualTo(Cidr.parse("10.0.0.0/9"));
        assertThat(Cidr.parse("0.0.0.0/0")).isNotEqualTo(Cidr.parse("::/0"));
    }

    @Test
    void printsItselfAsARange() {
        assertThat(Cidr.parse("10.1.0.0/16")).hasToString("10.1.0.0/16");
        assertThat(Cidr.parse("fd00::/8")).hasToString("fd00:0:0:0:0:0:0:0/8");
    }

    private static byte[] bytes(String literal) throws Exception {
        return InetAddress.getByName(literal).getAddress();
    }
}
