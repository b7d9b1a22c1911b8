package dev.hookswitch.dispatcher.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.egress.AddressPolicy;
import dev.hookswitch.common.egress.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deployment of this machine (10.0.0.5, 198.41.0.5 and loopback) and services here and elsewhere. */
class EgressGuardTest {
    private static final Set<String> INTERFACES = Set.of("10.0.0.5", "198.41.0.5", "127.0.0.1", "::1");
    private static final Set<String> SERVICES = Set.of("198.41.0.9:9192", "10.0.0.9:9192", "127.0.0.1:9292");

    @ParameterizedTest
    @CsvSource({
        // Nothing opened: own addresses are shut whatever the port, others are the policy's.
        "'', 198.41.0.5, 443, false",
        "'', 198.41.0.9, 443, false",
        "'', 198.41.0.9, 9192, false",
        "'', 198.41.0.6, 443, true",
        "'', 198.41.0.6, 9192, true",
        "'', 127.0.0.1, 8080, false",
        "'', 10.0.0.6, 443, false",
        // Opened: other ports of own machines may be called, their services never.
        "198.41.0.0/24, 198.41.0.5, 443, true",
        "198.41.0.0/24, 198.41.0.9, 443, true",
        "198.41.0.0/24, 198.41.0.9, 9192, false",
        "10.0.0.0/8, 10.0.0.5, 443, true",
        "10.0.0.0/8, 10.0.0.9, 443, true",
        "10.0.0.0/8, 10.0.0.9, 9192, false",
        "10.0.0.0/8, 198.41.0.5, 443, false",
        "127.0.0.0/8, 127.0.0.1, 8080, true",
        "127.0.0.0/8, 127.0.0.1, 9192, true",
        "127.0.0.0/8, 127.0.0.1, 9292, false",
        // What listens on one address of this machine may listen on all of them.
        "127.0.0.0/8, 127.0.0.2, 9292, false",
        "127.0.0.0/8, 127.0.0.2, 8080, true",
        "10.0.0.0/8, 10.0.0.5, 9292, false",
        "10.0.0.0/8, 10.0.0.6, 9292, true",
        "::/0, ::1, 9292, false",
        "0.0.0.0/0, 0.0.0.0, 9292, false",
        "0.0.0.0/0, 10.0.0.9, 9192, false",
        // Metadata stays shut.
        "0.0.0.0/0, 169.254.169.254, 80, false"
    })
    void endpointsAreNotAtOwnAddresses(String opened, String address, int port, boolean allowed) {
        EgressGuard guard = guard(opened);
        guard.know(OwnNetwork.of(
                INTERFACES.stream().map(EgressGuardTest::address).collect(Collectors.toSet()),
                SERVICES.stream()
                        .collect(Collectors.toMap(EgressGuardTest::service, text -> List.of(address(host(text)))))));

        assertThat(guard.allows(address(address), port)).isEqualTo(allowed);
        assertThat(guard.allows(new InetSocketAddress(address(address), port))).isEqualTo(allowed);
    }

    @Test
    void addressThatWasNotLookedUpIsNotAllowed() {
        assertThat(guard("").allows(InetSocketAddress.createUnresolved("198.41.0.6", 443)))
                .isFalse();
    }

    @Test
    void servicesAreKnownByName() {
        EgressGuard guard = guard("");
        guard.know(OwnNetwork.of(Set.of(), Map.of(new OwnService("Kafka.example.com", 9192), List.of())));

        assertThat(guard.isOwnService("kafka.example.com", 9192)).isTrue();
        assertThat(guard.isOwnService("kafka.example.com", 443)).isFalse();
        assertThat(guard.isOwnService("example.com", 9192)).isFalse();
    }

    static EgressGuard guard(String opened) {
        return new EgressGuard(new AddressPolicy(opened.isEmpty() ? List.of() : List.of(Cidr.parse(opened))));
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String host(String text) {
        return text.substring(0, text.lastIndexOf(':'));
    }

    private static OwnService service(String text) {
        return new OwnService(host(text), Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)));
    }
}
