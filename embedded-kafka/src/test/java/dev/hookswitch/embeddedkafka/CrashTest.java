package dev.hookswitch.embeddedkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    /** Longer than a start may take: a start that waited for the session of the crashed broker would fail. */
    private static final Map<String, String> LONG_SESSION = Map.of("broker.session.timeout.ms", "300000");

    @TempDir
    Path directory;

    @Test
    void keepsOthersOutWhileItRunsAndLetsThemInAfterItWasKilled() throws Exception {
        EmbeddedKafkaConfig config = EmbeddedKafkaConfig.in(directory).withOverrides(LONG_SESSION);
        try (BrokerProcess process = BrokerProcess.start(directory)) {
            Clients itsClients = new Clients(process.bootstrapServers());
            itsClients.createTopic("kept", 1);
            itsClients.send("kept", "acknowledged before the crash");

            assertThatThrownBy(() -> EmbeddedKafka.start(config))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("dataDirectory " + directory)
                    .hasMessageContaining("in use by another embedded Kafka");
            process.kill();
        }

        try (EmbeddedKafka kafka = EmbeddedKafka.start(config)) {
            Clients clients = new Clients(kafka.bootstrapServers());
            clients.send("kept", "after");
            assertThat(clients.readAll("kept")).containsExactly("acknowledged before the crash", "after");
            assertThat(kafka.failure()).isEmpty();
        }
    }
}
