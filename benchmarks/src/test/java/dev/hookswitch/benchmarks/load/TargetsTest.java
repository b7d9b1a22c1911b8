package dev.hookswitch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.benchmarks.process.Message;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TargetsTest {
    @ParameterizedTest
    @EnumSource
    void everyEndpointHasALoopbackSocketAddressAndAnIdOfItsOwn(Targets.Spread spread) {
        Targets targets = new Targets(spread, 10_000, 5_000);
        Set<InetSocketAddress> addresses = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < targets.count(); i++) {
            assertThat(targets.host(i).isLoopbackAddress()).isTrue();
            addresses.add(targets.address(i));
            ids.add(targets.id(i).webhookId());
        }
        assertThat(addresses).hasSize(5_000);
        assertThat(ids).hasSize(5_000);
    }

    @Test
    void writesUrls() {
        assertThat(new Targets(Targets.Spread.ADDRESSES, 8080, 1_000).url(999))
                .isEqualTo("http://127.10.3.250:8080" + Targets.PATH);
        assertThat(new Targets(Targets.Spread.PORTS, 8080, 2).url(1)).isEqualTo("http://127.0.0.1:8081" + Targets.PATH);
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> new Targets(Targets.Spread.PORTS, 65_000, 1_000))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Targets(Targets.Spread.ADDRESSES, 10_000, 62_501))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areReadFromTheMessageThatTheyWerePutOn() {
        Targets targets = new Targets(Targets.Spread.PORTS, 12_345, 7);

        assertThat(Targets.of(targets.on(Message.of("raw").with("limit", 1)))).isEqualTo(targets);
    }
}
