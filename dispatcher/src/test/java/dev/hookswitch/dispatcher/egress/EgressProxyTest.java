package dev.hookswitch.dispatcher.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressProxyTest {
    private static final String PROXY = "egress.proxy";
    private static final String USER = "egress.proxy.user";
    private static final String PASSWORD = "egress.proxy.password";

    @Test
    void noProxyIsTheDefault() {
        assertThat(read(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example.com:3128, proxy.example.com, 3128",
        "HTTP://Proxy.example.com:3128/, proxy.example.com, 3128",
        "http://10.0.0.3:8080, 10.0.0.3, 8080",
        "http://[fd00::3]:8080, fd00::3, 8080"
    })
    void hostAndPortAreRead(String url, String host, int port) {
        assertThat(read(Map.of(PROXY, url)))
                .contains(new EgressProxy(new OwnService(host, port), null))
                .get()
                .asString()
                .doesNotContain("user");
    }

    @Test
    void userAndPasswordAreShownToTheProxyAlone() {
        EgressProxy proxy = read(Map.of(PROXY, "http://proxy:3128", USER, "hookswitch", PASSWORD, "k\u00e4se"))
                .orElseThrow();

        assertThat(proxy.authorization()).isEqualTo("Basic aG9va3N3aXRjaDprw6RzZQ==");
        assertThat(proxy).hasToString("http://proxy:3128 with a user");
        assertThat(Settings.of(Map.of(PASSWORD, "k\u00e4se")).forLog()).containsEntry(PASSWORD, "(hidden)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example.com:3128",
                "proxy.example.com",
                "http://proxy.example.com",
                "https://proxy.example.com:3128",
                "socks://proxy.example.com:1080",
                "http://proxy.example.com:0",
                "http://proxy.example.com:65536",
                "http://proxy.example.com:3128/path",
                "http://proxy.example.com:3128/?q",
                "http://user:letmein@proxy.example.com:3128",
                "http://:3128",
                "http:// proxy:3128"
            })
    void anythingElseIsRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> read(Map.of(PROXY, url)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(PROXY + " must be http://host:port", USER, PASSWORD)
                .hasMessageNotContaining("letmein")
                .hasMessageNotContaining("example.com");
    }

    @Test
    void halvesAreRefused() {
        assertRefused(Map.of(USER, "hookswitch"), PROXY + " must be set");
        assertRefused(Map.of(PASSWORD, "letmein"), PROXY + " must be set");
        assertRefused(Map.of(PROXY, "http://proxy:3128", PASSWORD, "letmein"), USER + " must be set");
        assertRefused(Map.of(PROXY, "http://proxy:3128", USER, "a:b"), USER + " must not have a colon");
    }

    private static void assertRefused(Map<String, String> values, String rule) {
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(rule)
                .hasMessageNotContaining("letmein");
    }

    private static Optional<EgressProxy> read(Map<String, String> values) {
        SettingsReader reader = Settings.of(new HashMap<>(values)).reader();
        Optional<EgressProxy> proxy = EgressProxy.read(reader);
        reader.done();
        return proxy;
    }
}
