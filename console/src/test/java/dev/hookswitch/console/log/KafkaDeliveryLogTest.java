package dev.hookswitch.console.log;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with rows that come through Kafka, kept by a console that must ask another one each time. */
@ExtendWith(KafkaExtension.class)
class KafkaDeliveryLogTest extends DeliveryLogContract {
    // Starting consoles for each test would take a minute.
    private static TwoLogs logs;

    @BeforeAll
    static void start(KafkaCluster kafka, @TempDir Path folder) {
        logs = new TwoLogs(kafka, folder);
    }

    @AfterAll
    static void stop() {
        logs.close();
    }

    KafkaDeliveryLogTest(KafkaCluster kafka) {
        super(new EndpointId("acme", "wh_" + kafka.uniquePrefix()));
    }

    @Override
    Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    void write(AttemptRow row) {
        logs.writer.write(row);
    }

    @Override
    void write(OutcomeRow row) {
        logs.writer.write(row);
    }

    @Override
    DeliveryLog log() {
        return logs.other(endpoint);
    }
}
