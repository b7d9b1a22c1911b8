package dev.hookswitch.console.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointRulesTest {
    private static final EndpointRules RULES = EndpointRules.of(Settings.of(Map.of()));
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final NewEndpoint GOOD = endpoint("acme", "ringyo", "Front desk", "https://hooks.example.com/in");

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of(GOOD),
                Arguments.of(withSecret(SECRET)),
                Arguments.of(limited(0.01)),
                Arguments.of(limited(100_000)),
                Arguments.of(retried("5s")),
                Arguments.of(retried("1s", "30s", "120s", "600s")),
                Arguments.of(endpoint("a.b_c:d-1", "ring-tonic", "", "https://hooks.example.com:8443/in?token=1")),
                Arguments.of(endpoint("acme", "standard", "Zoë 😀".repeat(16), "https://93.184.216.34/")),
                Arguments.of(endpoint("acme", "standard", "😀".repeat(100), "https://hooks.example.com")));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(endpoint("", "ringyo", "", GOOD.url()), "invalid_tenant", "tenant", "1 to 64"),
                Arguments.of(endpoint("a/b", "ringyo", "", GOOD.url()), "invalid_tenant", "tenant", "1 to 64"),
                Arguments.of(endpoint("t".repeat(65), "ringyo", "", GOOD.url()), "invalid_tenant", "tenant", "1 to 64"),
                Arguments.of(
                        endpoint("acme", "twilio", "", GOOD.url()),
                        "invalid_profile",
                        "profile",
                        "one of ringyo, ring-tonic, standard, was: twilio"),
                Arguments.of(endpoint("acme", "ringyo", "x".repeat(101), GOOD.url()), "invalid_name", "name", "100"),
                Arguments.of(endpoint("acme", "ringyo", "a\nb", GOOD.url()), "invalid_name", "name", "control"),
                Arguments.of(endpoint("acme", "ringyo", "\ud83d", GOOD.url()), "invalid_name", "name", "control"),
                Arguments.of(url("http://hooks.example.com/"), "invalid_url", "url", "https://"),
                Arguments.of(url("https://localhost/"), "invalid_url", "url", "dot"),
                Arguments.of(url("https://user@hooks.example.com/"), "invalid_url", "url", "user info"),
                Arguments.of(url("https://10.0.0.1/"), "invalid_url", "url", "private or reserved"),
                Arguments.of(url("https://169.254.169.254/latest"), "invalid_url", "url", "private or reserved"),
                Arguments.of(url("https://[::1]/"), "invalid_url", "url", "private or reserved"),
                Arguments.of(events("call.complete"), "invalid_events", "events", "did you mean call.completed?"),
                Arguments.of(withSecret("hunter2"), "invalid_secret", "secret", "whsec_"),
                Arguments.of(limited(0), "invalid_max_per_second", "max_per_second", "from 0.01 to 100000, was 0.0"),
                Arguments.of(limited(100_001), "invalid_max_per_second", "max_per_second", "from 0.01 to 100000"),
                Arguments.of(limited(Double.NaN), "invalid_max_per_second", "max_per_second", "was NaN"),
                Arguments.of(retried(), "invalid_retry_delays", "retry_delays", "must be 1 to 20 delays, were 0"),
                Arguments.of(
                        retried("5s", "1s"),
                        "invalid_retry_delays",
                        "retry_delays",
                        "each longer than the one before, were 5s,1s"),
                Arguments.of(retried("soon"), "invalid_retry_delays", "retry_delays", "such as 5s; was: soon"),
                Arguments.of(
                        retried("1s", "1h"),
                        "invalid_retry_delays",
                        "retry_delays",
                        "must be tiers of this deployment, which are 1s,5s,30s,2m,10m; was: 1h"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void takesGoodEndpoints(NewEndpoint endpoint) {
        assertThatCode(() -> RULES.check(endpoint)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void namesCodeFieldAndRule(NewEndpoint endpoint, String code, String field, String rule) {
        assertThatThrownBy(() -> RULES.check(endpoint))
                .hasMessageStartingWith(field)
                .hasMessageContaining(rule)
                .isInstanceOfSatisfying(InvalidEndpoint.class, refused -> {
                    assertThat(refused.code().wireName()).isEqualTo(code);
                    assertThat(refused.field()).isEqualTo(field);
                });
    }

    @Test
    void aRefusedSecretIsNotRepeated() {
        assertThatThrownBy(() -> RULES.check(withSecret("whsec_not base64, hunter2")))
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void theOperatorMayOpenHttpNamesAndAddresses() {
        EndpointRules open = EndpointRules.of(Settings.of(Map.of(
                "egress.allow-http", "true",
                "egress.allow-names", "localhost",
                "egress.allow-cidrs", "127.0.0.0/8")));

        assertThatCode(() -> open.check(url("http://localhost:8080/"))).doesNotThrowAnyException();
        assertThatCode(() -> open.check(url("http://127.0.0.1:8080/"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> open.check(url("http://10.0.0.1:8080/"))).isInstanceOf(InvalidEndpoint.class);
    }

    @Test
    void theOperatorMayAddTiersForEndpointsToUse() {
        EndpointRules longer = EndpointRules.of(Settings.of(Map.of("retry.tiers", "1s,5s,30s,2m,10m,1h,6h")));

        assertThatCode(() -> longer.check(retried("10m", "1h", "6h"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> longer.check(retried("2h"))).hasMessageContaining("10m,1h,6h; was: 2h");
    }

    @Test
    void everyRetryOfAProfileNeedsItsTier() {
        assertThatThrownBy(() -> EndpointRules.of(Settings.of(Map.of("retry.tiers", "1s,5s"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("retry.tiers must hold 30s, which profile ringyo needs");
    }

    @Test
    void aFolderOfProfilesThatIsNotThereIsAnErrorOfTheSettings() {
        assertThatThrownBy(() -> EndpointRules.of(Settings.of(Map.of("profiles.folder", "/nowhere/at/all"))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("profiles.folder")
                .hasMessageContaining("/nowhere/at/all");
    }

    private static NewEndpoint endpoint(String tenant, String profile, String name, String url) {
        return new NewEndpoint(tenant, profile, name, url, Set.of("*"), Optional.empty(), OptionalDouble.empty());
    }

    private static NewEndpoint url(String url) {
        return endpoint("acme", "ringyo", "", url);
    }

    private static NewEndpoint events(String... events) {
        return new NewEndpoint(
                "acme", "ringyo", "", GOOD.url(), Set.of(events), Optional.empty(), OptionalDouble.empty());
    }

    private static NewEndpoint retried(String... delays) {
        return new NewEndpoint(
                "acme",
                "ringyo",
                "",
                GOOD.url(),
                Set.of("*"),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.of(List.of(delays)),
                Map.of());
    }

    private static NewEndpoint limited(double perSecond) {
        return new NewEndpoint(
                "acme", "ringyo", "", GOOD.url(), Set.of("*"), Optional.empty(), OptionalDouble.of(perSecond));
    }

    private static NewEndpoint withSecret(String secret) {
        return new NewEndpoint(
                "acme", "ringyo", "", GOOD.url(), Set.of("*"), Optional.of(secret), OptionalDouble.empty());
    }
}
