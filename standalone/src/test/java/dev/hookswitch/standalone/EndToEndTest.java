package dev.hookswitch.standalone;

import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Over the embedded broker. */
@ExtendWith(KafkaExtension.class)
class EndToEndTest extends EndToEndScenarios {
    @BeforeAll
    void start(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        begin(cluster.bootstrapServers(), folder);
    }
}
