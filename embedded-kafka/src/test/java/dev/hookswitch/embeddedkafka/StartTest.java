package dev.hookswitch.embeddedkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    Path directory;

    private EmbeddedKafkaConfig config() {
        return EmbeddedKafkaConfig.in(directory);
    }

    @Test
    void refusesADirectoryInUseInThisProcess() {
        try (EmbeddedKafka first = EmbeddedKafka.start(config())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(config()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another embedded Kafka");
            assertThat(first.failure()).isEmpty();
        }
    }

    @Test
    void namesThePortThatIsTakenAndLeavesTheDirectoryFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedKafka.start(config().withBrokerPort(port)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("brokerPort " + port)
                    .hasMessageContaining("in use");
            assertThatThrownBy(() -> EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0, port, Map.of())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("controllerPort " + port);
        }
        DataDirectory.lock(directory).close();
    }

    @Test
    void saysWhichOverrideIsWrongAndLeavesTheDirectoryFree() throws Exception {
        assertThatThrownBy(() -> EmbeddedKafka.start(config().withOverrides(Map.of("num.io.threads", "many"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("num.io.threads")
                .hasMessageContaining("many");
        DataDirectory.lock(directory).close();
    }

    @Test
    void refusesPortsThatCannotBe() {
        assertThatThrownBy(() -> config().withBrokerPort(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("brokerPort");
        assertThatThrownBy(() -> new EmbeddedKafkaConfig(directory, 9092, 9092, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must differ");
    }
}
