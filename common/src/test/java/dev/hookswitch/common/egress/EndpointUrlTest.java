package dev.hookswitch.common.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointUrlTest {
    private static final Set<String> NO_NAMES = Set.of();

    @ParameterizedTest
    @CsvSource({
        "https://example.com,                         https, example.com,      443,  /",
        "https://example.com/,                        https, example.com,      443,  /",
        "HTTPS://Hooks.Example.COM/Path,              https, hooks.example.com, 443, /Path",
        "https://example.com?x=1,                     https, example.com,      443,  /?x=1",
        "https://example.com/a/b?x=1&y=%20z,          https, example.com,      443,  /a/b?x=1&y=%20z",
        "https://example.com/?,                       https, example.com,      443,  /?",
        "https://example.com//a/../b;c=d,             https, example.com,      443,  //a/../b;c=d",
        "https://example.com:8443/in,                 https, example.com,      8443, /in",
        "https://example.com:443/in,                  https, example.com,      443,  /in",
        "https://example.com:/in,                     https, example.com,      443,  /in",
        "https://example.com:65535/,                  https, example.com,      65535, /",
        "https://example.com:1/,                      https, example.com,      1,    /",
        "http://example.com/in,                       http,  example.com,      80,   /in",
        "http://example.com:8080/in,                  http,  example.com,      8080, /in",
        "https://xn--bcher-kva.example/in,            https, xn--bcher-kva.example, 443, /in",
        "https://a-b.3c.example.com/in,               https, a-b.3c.example.com, 443, /in",
        "https://local.example.com/in,                https, local.example.com, 443, /in",
        "https://notlocal.notinternal/in,             https, notlocal.notinternal, 443, /in",
        "https://93.184.216.34/in,                    https, 93.184.216.34,    443,  /in",
        "https://127.0.0.1:9000/in,                   https, 127.0.0.1,        9000, /in",
        "https://9to5.example/in,                     https, 9to5.example,     443,  /in",
        "https://[2606:4700::1111]/in,                https, 2606:4700::1111,  443,  /in",
        "https://[2606:4700::ABCD]:8443/in,           https, 2606:4700::abcd,  8443, /in",
        "https://[::ffff:10.0.0.1]/in,                https, ::ffff:10.0.0.1,  443,  /in",
    })
    void takesAndSplitsAUrl(String text, String scheme, String host, int port, String target) {
        EndpointUrl url = EndpointUrl.parse(text, true, NO_NAMES);
        assertThat(url.scheme()).isEqualTo(scheme);
        assertThat(url.https()).isEqualTo(scheme.equals("https"));
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.pathAndQuery()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        // An empty or missing host.
        "https:///path,                     must have a host",
        "https:path,                        must have a host",
        "https:,                            must be a URL by RFC 3986",
        "https://,                          must be a URL by RFC 3986",
        "https://:8443/,                    must have a host that is a name",
        // User info.
        "https://user@example.com/,         must not have user info",
        "https://user:pw@example.com/,      must not have user info",
        "https://@example.com/,             must not have user info",
        "https://example.com@10.0.0.1/,     must not have user info",
        "https://a@b@example.com/,          must not have user info",
        // Fragments.
        "https://example.com/#top,          must not have a fragment",
        "https://example.com#,              must not have a fragment",
        "https://example.com/?a#b@c,        must not have a fragment",
        // Schemes.
        "example.com/in,                    must begin with https://",
        "//example.com/in,                  must begin with https://",
        "ftp://example.com/,                must begin with https://",
        "file:///etc/passwd,                must begin with https://",
        "mailto:a@example.com,              must begin with https://",
        // Ports.
        "https://example.com:0/,            must have a port from 1 to 65535",
        "https://example.com:65536/,        must have a port from 1 to 65535",
        "https://example.com:4294967739/,   must have a host that is a name",
        "https://example.com:-1/,           must have a host that is a name",
        "https://example.com:+80/,          must have a host that is a name",
        "https://example.com:https/,        must have a host that is a name",
        "https://example.com:22/,           must not have the port of another service",
        "https://example.com:25/,           must not have the port of another service",
        "https://example.com:53/,           must not have the port of another service",
        "https://example.com:6379/,         must not have the port of another service",
        "https://example.com:9092/,         must not have the port of another service",
        "https://example.com:7/,            must not have the port of another service",
        "https://example.com:27017/,        must not have the port of another service",
        // Numbers that other parsers read as addresses.
        "https://127.1/,                    must have a host that is a name",
        "https://10.1.1/,                   must have a host that is a name",
        "https://2130706433/,               must have IPv4 addresses as four decimal bytes",
        "https://0x7f.1/,                   must have a host that is a name",
        "https://0x7f000001/,               must have IPv4 addresses as four decimal bytes",
        "https://0x7f.0.0.1/,               must have a host that is a name",
        "https://1.2.3.4.5/,                must have a host that is a name",
        "https://example.1/,                must have a host that is a name",
        "https://256.0.0.1/,                must have a host that is a name",
        "https://0177.0.0.1/,               must have IPv4 addresses as four decimal bytes",
        "https://127.0.0.01/,               must have IPv4 addresses as four decimal bytes",
        "https://00.00.00.00/,              must have IPv4 addresses as four decimal bytes",
        // Dots.
        "https://example.com./,             must not have a host with a dot at its end",
        "https://localhost./,               must not have a host with a dot at its end",
        "https://127.0.0.1./,               must have a host that is a name",
        "https://example..com/,             must have a host that is a name",
        "https://.example.com/,             must have a host that is a name",
        "https://./,                        must have a host that is a name",
        // Names that look internal.
        "https://localhost/,                must have a host with a dot",
        "https://LOCALHOST:8443/,           must have a host with a dot",
        "https://intranet/,                 must have a host with a dot",
        "https://a.localhost/,              must not have an internal host",
        "https://printer.local/,            must not have an internal host",
        "https://PRINTER.LOCAL/,            must not have an internal host",
        "https://metadata.google.internal/, must not have an internal host",
        "https://a.b.internal/,             must not have an internal host",
        // Characters of names.
        "https://under_score.example.com/,  must have a host that is a name",
        "https://_dmarc.example.com/,       must have a host that is a name",
        "https://-a.example.com/,           must have a host that is a name",
        "https://a-.example.com/,           must have a host that is a name",
        "https://a%2eexample.com/,          must have a host that is a name",
        "https://exam%70le.com/,            must have a host that is a name",
        "https://exa!mple.com/,             must have a host that is a name",
        // Literals of IPv6.
        "https://[fe80::1%25eth0]/,         must not have an IPv6 address with a zone",
        "https://[fe80::1%eth0]/,           must not have an IPv6 address with a zone",
        "https://[::1/,                     must be a URL by RFC 3986",
        "https://[1::2::3]/,                must be a URL by RFC 3986",
        "https://[v1.abc]/,                 must be a URL by RFC 3986",
        "https://::1/,                      must have a host that is a name",
        // What RFC 3986 has no place for.
        "https://example.com/{id},          must be a URL by RFC 3986",
        "https://example.com/%zz,           must be a URL by RFC 3986",
        "https://example.com/a|b,           must be a URL by RFC 3986",
    })
    void refusesByRule(String text, String rule) {
        assertRefused(text, rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " https://example.com/",
                "https://example.com/ ",
                "https://example.com/a b",
                "https://exam ple.com/",
                "https://example.com/\n",
                "https://example.com/\r\nX-Evil: 1",
                "https://example.com/\t",
                "https://example.com/\0",
                "https://example.com\\@10.0.0.1/",
                "https:\\\\example.com/",
            })
    void refusesWhiteSpaceControlsAndBackslashes(String text) {
        assertRefused(text, "must not have white space, control characters or backslashes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://\uff11\uff12\uff17.0.0.1/",
                "https://127\u30020\u30020\u30021/",
                "https://b\u00fccher.example/",
                "https://example.com/\u00fc",
                "https://example.com/\u0085",
                "https://example.com/\u007f",
                "https://example\u200b.com/",
                "https://\u24d4xample.com/",
                "https://example.com/\ud83d\ude00",
            })
    void refusesEverythingThatIsNotAscii(String text) {
        assertRefused(text, "must be ASCII");
    }

    @Test
    void boundsTheLengthsOfUrlNameAndLabel() {
        String path = "https://example.com/" + "a".repeat(EndpointUrl.MAX_CHARS - 20);
        assertThat(EndpointUrl.parse(path, false, NO_NAMES).pathAndQuery()).hasSize(EndpointUrl.MAX_CHARS - 19);
        assertRefused(path + "a", "must have at most 2048 characters, has 2049");
        assertRefused("", "must not be empty");

        String label63 = "a".repeat(63);
        assertThat(EndpointUrl.parse("https://" + label63 + ".com/", false, NO_NAMES)
                        .host())
                .hasSize(67);
        assertRefused("https://" + label63 + "a.com/", "must have host labels of at most 63 characters");
        assertRefused("https://example." + label63 + "a/", "must have host labels of at most 63 characters");

        String name253 = (label63 + ".").repeat(3) + "a".repeat(61);
        assertThat(EndpointUrl.parse("https://" + name253, false, NO_NAMES).host())
                .hasSize(253);
        assertRefused("https://" + name253 + "a/", "must have a host of at most 253 characters");
        assertRefused("https://" + name253 + ".com/", "must have a host of at most 253 characters");
    }

    @Test
    void takesPlainHttpOnlyWhenItIsAllowed() {
        assertThat(EndpointUrl.parse("http://example.com/", true, NO_NAMES).https())
                .isFalse();
        assertThatThrownBy(() -> EndpointUrl.parse("http://example.com/", false, NO_NAMES))
                .hasMessage("url must begin with https://, plain http is not accepted");
        assertThatThrownBy(() -> EndpointUrl.parse("HTTP://example.com/", false, NO_NAMES))
                .hasMessage("url must begin with https://, plain http is not accepted");
    }

    @Test
    void anAllowedNameMayLookInternalButBreaksNoOtherRule() {
        Set<String> names = Set.of("localhost", "receiver", "hooks.internal", "a.local", "under_score", "dot.local.");
        assertThat(EndpointUrl.parse("http://LocalHost:8080/in", true, names).host())
                .isEqualTo("localhost");
        assertThat(EndpointUrl.parse("https://receiver/in", false, names).host())
                .isEqualTo("receiver");
        assertThat(EndpointUrl.parse("https://hooks.internal/in", false, names).host())
                .isEqualTo("hooks.internal");
        assertThatThrownBy(() -> EndpointUrl.parse("https://other.internal/", false, names))
                .hasMessageContaining("internal host");
        assertThatThrownBy(() -> EndpointUrl.parse("https://b.a.local/", false, names))
                .hasMessageContaining("internal host");
        assertThatThrownBy(() -> EndpointUrl.parse("https://receiver:22/", false, names))
                .hasMessageContaining("port of another service");
        assertThatThrownBy(() -> EndpointUrl.parse("https://dot.local./", false, names))
                .hasMessageContaining("dot at its end");
        assertThatThrownBy(() -> EndpointUrl.parse("https://under_score/", false, names))
                .hasMessageContaining("must have a host that is a name");
        assertThatThrownBy(() -> EndpointUrl.parse("http://localhost/", false, names))
                .hasMessageContaining("plain http is not accepted");
    }

    @Test
    void knowsTheBytesOfALiteralAndKeepsMappedOnesAsTheyAre() {
        assertThat(literal("https://10.1.2.255/")).isEqualTo(new byte[] {10, 1, 2, -1});
        assertThat(literal("https://[::1]/")).hasSize(16).endsWith(0, 1);
        assertThat(literal("https://[::ffff:10.0.0.1]/")).hasSize(16).endsWith(-1, -1, 10, 0, 0, 1);
        assertThat(literal("https://[1:2:3:4:5:6:7:8]/"))
                .isEqualTo(new byte[] {0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8});
        assertThat(EndpointUrl.parse("https://example.com/", false, NO_NAMES).literalAddress())
                .isEmpty();
    }

    @Test
    void printsNeitherPathNorQuery() {
        assertThat(EndpointUrl.parse("https://Example.com/hook?token=abc", false, NO_NAMES))
                .hasToString("https://example.com:443");
        assertThat(EndpointUrl.parse("https://[2606:4700::1]/hook", false, NO_NAMES))
                .hasToString("https://[2606:4700::1]:443");
        assertThatThrownBy(() -> EndpointUrl.parse("https://localhost/hook?token=abc", false, NO_NAMES))
                .message()
                .doesNotContain("abc");
    }

    private static byte[] literal(String text) {
        return EndpointUrl.parse(text, false, NO_NAMES).literalAddress().orElseThrow();
    }

    private static void assertRefused(String text, String rule) {
        assertThatThrownBy(() -> EndpointUrl.parse(text, true, NO_NAMES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url " + rule);
    }
}
