package dev.hookswitch.dispatcher.egress;

import static dev.hookswitch.dispatcher.egress.EgressGuardTest.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnNetworkWatchTest {
    private final Map<String, InetAddress[]> names = new ConcurrentHashMap<>();
    private final Set<InetAddress> interfaces = new HashSet<>();
    private final Set<OwnService> services = new HashSet<>();
    private final EgressGuard guard = EgressGuardTest.guard("10.0.0.0/8");
    private final OwnNetworkWatch watch = watch(Optional.empty());

    private OwnNetworkWatch watch(Optional<OwnService> proxy) {
        return new OwnNetworkWatch(
                guard,
                this::resolve,
                () -> Set.copyOf(interfaces),
                () -> {
                    if (services.isEmpty()) {
                        throw new IOException("the cluster does not answer");
                    }
                    return Set.copyOf(services);
                },
                proxy);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    @Test
    void whatIsNewIsKnownAtTheNextLook() throws Exception {
        names.put("one", new InetAddress[] {address("10.0.0.1"), address("10.0.0.1")});
        services.add(new OwnService("one", 9092));
        interfaces.add(address("198.41.0.1"));
        watch.start();
        assertThat(guard.allows(address("10.0.0.1"), 9092)).isFalse();
        assertThat(guard.allows(address("198.41.0.1"), 443)).isFalse();
        assertThat(guard.allows(address("10.0.0.2"), 9093)).isTrue();
        assertThat(guard.allows(address("198.41.0.2"), 443)).isTrue();

        names.put("two", new InetAddress[] {address("10.0.0.2")});
        services.add(new OwnService("two", 9093));
        interfaces.add(address("198.41.0.2"));
        watch.look();

        assertThat(guard.allows(address("10.0.0.2"), 9093)).isFalse();
        assertThat(guard.allows(address("198.41.0.2"), 443)).isFalse();
        assertThat(guard.isOwnService("two", 9093)).isTrue();
    }

    @Test
    void whatIsGoneMayBeCalledAgain() throws Exception {
        names.put("one", new InetAddress[] {address("10.0.0.1")});
        names.put("two", new InetAddress[] {address("10.0.0.2")});
        services.add(new OwnService("one", 9092));
        services.add(new OwnService("two", 9092));
        watch.look();

        services.remove(new OwnService("two", 9092));
        watch.look();

        assertThat(guard.allows(address("10.0.0.1"), 9092)).isFalse();
        assertThat(guard.allows(address("10.0.0.2"), 9092)).isTrue();
    }

    /** Or a name server's outage would open the brokers. */
    @Test
    void nameThatIsNotFoundAnyMoreKeepsItsAddress() throws Exception {
        names.put("one", new InetAddress[] {address("10.0.0.1")});
        services.add(new OwnService("one", 9092));
        watch.look();

        names.clear();
        watch.look();

        assertThat(guard.allows(address("10.0.0.1"), 9092)).isFalse();
    }

    @Test
    void proxyIsAnOwnServiceToo() throws Exception {
        OwnService proxy = new OwnService("proxy", 3128);
        names.put("proxy", new InetAddress[] {address("10.0.0.3")});
        names.put("one", new InetAddress[] {address("10.0.0.1")});
        services.add(new OwnService("one", 9092));
        try (OwnNetworkWatch both = watch(Optional.of(proxy))) {
            both.look();

            assertThat(guard.allows(address("10.0.0.3"), 3128)).isFalse();
            assertThat(guard.allows(address("10.0.0.1"), 9092)).isFalse();
            assertThat(guard.addresses(proxy)).containsExactly(address("10.0.0.3"));
        }
    }

    @Test
    void clusterThatDoesNotAnswerAtTheStartIsAnError() {
        assertThatThrownBy(watch::start).isInstanceOf(IOException.class);
    }

    @Test
    void clusterThatDoesNotAnswerLaterChangesNothing() throws Exception {
        names.put("one", new InetAddress[] {address("10.0.0.1")});
        services.add(new OwnService("one", 9092));
        watch.look();

        services.clear();

        assertThatThrownBy(watch::look).isInstanceOf(IOException.class);
        assertThat(guard.allows(address("10.0.0.1"), 9092)).isFalse();
    }

    @Test
    void machineHasLoopbackAmongItsInterfaces() throws Exception {
        assertThat(OwnNetworkWatch.interfaces()).contains(address("127.0.0.1"));
    }
}
