package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.benchmarks.load.ShippedDispatcherMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ANY_PORT = 10_000;

    @TempDir
    Path folder;

    private ServiceProcess start(Map<String, String> settings) throws Exception {
        JvmCommand command = ShippedDispatcherMain.command()
                .withFlags(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        return ServiceProcess.start("dispatcher", command, settings, ANY_PORT, folder.resolve("log"));
    }

    @Test
    void saysWhyAServiceIsNotReady() throws Exception {
        Map<String, String> settings =
                Map.of("dispatcher.max-in-flight", "none", "secrets.key-ring", folder.toString());

        try (ServiceProcess service = start(settings)) {
            assertThatThrownBy(() -> service.awaitReady(LIMIT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("dispatcher is not ready")
                    .hasMessageContaining("dispatcher.max-in-flight");
            assertThat(service.isAlive()).isFalse();
        }
    }

    @Test
    void endsWhatIsPaused() throws Exception {
        try (ServiceProcess service = start(Map.of())) {
            service.pause();
            service.kill();

            assertThat(service.isAlive()).isFalse();
        }
    }
}
