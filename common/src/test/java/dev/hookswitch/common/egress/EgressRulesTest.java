package dev.hookswitch.common.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EgressRulesTest {
    @Test
    void byDefaultOnlyHttpsToPublicPlaces() {
        EgressRules rules = EgressRules.of(Settings.of(Map.of()));
        assertThat(rules.addresses().allows(new byte[] {127, 0, 0, 1})).isFalse();
        assertThat(rules.addresses().allows(new byte[] {8, 8, 8, 8})).isTrue();
        assertThat(rules.parse("https://example.com/in", true).host()).isEqualTo("example.com");
        assertThatThrownBy(() -> rules.parse("http://example.com/in", true)).hasMessageContaining("plain http");
        assertThatThrownBy(() -> rules.parse("https://localhost/in", true)).hasMessageContaining("dot in its name");
    }

    @Test
    void theOperatorOpensRangesNamesAndPlainHttp() {
        EgressRules rules = EgressRules.of(Settings.of(Map.of(
                "egress.allow-cidrs", "127.0.0.0/8, ::1/128",
                "egress.allow-names", "LocalHost, receiver",
                "egress.allow-http", "true")));
        assertThat(rules.addresses().allows(new byte[] {127, 0, 0, 1})).isTrue();
        assertThat(rules.addresses().allows(new byte[] {10, 0, 0, 1})).isFalse();
        assertThat(rules.allowNames()).containsExactlyInAnyOrder("localhost", "receiver");
        assertThat(rules.parse("http://localhost:8080/in", true).port()).isEqualTo(8080);
    }

    @Test
    void aProfileMayTakePlainHttpWithoutTheOperator() {
        EgressRules rules = EgressRules.of(Settings.of(Map.of()));
        assertThat(rules.parse("http://example.com/in", false).https()).isFalse();
    }

    @Test
    void reportsAllProblemsAtOnceByKeyAndRule() {
        Settings settings = Settings.of(Map.of(
                "egress.allow-cidrs", "10.1.0.1/16, nonsense",
                "egress.allow-names", "http://receiver",
                "egress.allow-http", "yes"));
        assertThatThrownBy(() -> EgressRules.of(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("4 problems")
                .hasMessageContaining("egress.allow-cidrs must be a range: no bit may be set after the first 16")
                .hasMessageContaining(
                        "egress.allow-cidrs must be a range such as 10.1.0.0/16 or fd00::/8, was: nonsense")
                .hasMessageContaining("egress.allow-names must hold host names, was: http://receiver")
                .hasMessageContaining("egress.allow-http must be true or false, was: yes");
    }
}
