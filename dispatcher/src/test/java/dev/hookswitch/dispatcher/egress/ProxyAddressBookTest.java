package dev.hookswitch.dispatcher.egress;

import static dev.hookswitch.dispatcher.egress.EgressGuardTest.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.egress.EndpointUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyAddressBookTest {
    private static final OwnService PROXY = new OwnService("proxy.example.com", 3128);
    private static final List<InetAddress> AT = List.of(address("10.0.0.3"), address("10.0.0.4"));

    private final EgressGuard guard = EgressGuardTest.guard("10.1.0.0/16");
    private final ProxyAddressBook book = new ProxyAddressBook(guard, PROXY);

    private void know(List<InetAddress> proxy) {
        guard.know(OwnNetwork.of(
                Set.of(),
                Map.of(PROXY, proxy, new OwnService("kafka.example.com", 9192), List.of(address("10.1.0.9")))));
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/, true",
        "https://93.184.216.34/, true",
        "https://10.1.0.1/, true",
        "https://kafka.example.com/, true",
        "https://10.0.0.1/, false",
        "https://[::1]/, false",
        "https://169.254.169.254/, false",
        "https://10.1.0.9:9192/, false",
        "https://10.0.0.3:3128/, false",
        "https://KAFKA.example.com:9192/, false",
        "https://proxy.example.com:3128/, false"
    })
    void leadsToTheProxyUnlessTheUrlItselfIsDenied(String url, boolean allowed) {
        know(AT);

        assertThat(book.resolve(EndpointUrl.parse(url, false, Set.of()), Duration.ZERO))
                .isCompletedWithValue(allowed ? new Resolution.Resolved(AT) : new Resolution.Denied());
    }

    @Test
    void proxyWithoutAnAddressIsOurOwnTrouble() {
        know(List.of());

        assertThat(book.resolve(EndpointUrl.parse("https://hooks.example.com/", false, Set.of()), Duration.ZERO))
                .isCompletedWithValue(new Resolution.Busy());
    }

    @Test
    void noSocketButTheProxysMayConnect() {
        know(AT);

        assertThat(book.mayConnect(new InetSocketAddress(AT.get(1), 3128))).isTrue();
        assertThat(book.mayConnect(new InetSocketAddress(AT.get(1), 443))).isFalse();
        assertThat(book.mayConnect(new InetSocketAddress(address("93.184.216.34"), 3128)))
                .isFalse();
        assertThat(book.mayConnect(InetSocketAddress.createUnresolved("proxy.example.com", 3128)))
                .isFalse();
    }
}
