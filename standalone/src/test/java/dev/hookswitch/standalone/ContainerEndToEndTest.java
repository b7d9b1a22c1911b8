package dev.hookswitch.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** Over the official broker image; skipped, and says so, where there is no Docker. */
class ContainerEndToEndTest extends EndToEndScenarios {
    private static final String IMAGE = "apache/kafka:4.3.1";

    private @Nullable KafkaContainer kafka;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            String skipped = "SKIPPED: no Docker engine here, so nothing was tested against " + IMAGE;
            LoggerFactory.getLogger(ContainerEndToEndTest.class).warn(skipped);
            Assumptions.abort(skipped);
        }
        KafkaContainer started = new KafkaContainer(IMAGE);
        kafka = started;
        started.start();
        begin(started.getBootstrapServers(), folder);
    }

    @AfterAll
    void stop() {
        if (kafka != null) {
            kafka.stop();
        }
    }
}
