package dev.hookswitch.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.ManagementServer;
import dev.hookswitch.common.service.Service;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the images' health check against a management server. */
class ReadyScriptTest {
    private static final Path BASH = Path.of("/bin/bash");
    private static final Path DEPLOY =
            Path.of("").toAbsolutePath().resolveSibling("deploy").normalize();
    private static final long LIMIT_SECONDS = 60;

    @BeforeAll
    static void needsBash() {
        assumeTrue(Files.isExecutable(BASH), "skipped: there is no bash on this machine to run the health check");
    }

    @Test
    void isWhatTheImagesRunAndAsksTheDefaultPort() throws IOException {
        assertThat(new ImageFile(DEPLOY.resolve("Dockerfile")).healthCommand()).isEqualTo("/app/ready.sh");
        assertThat(DEPLOY.resolve("ready.sh")).isExecutable();
        assertThat(Files.readString(DEPLOY.resolve("ready.sh")))
                .contains("${HOOKSWITCH_MANAGEMENT_PORT:-" + Settings.defaults().get("management.port") + "}");
    }

    @Test
    void succeedsWhenAllIsReady() throws Exception {
        assertThat(exitStatus(Health.UP)).isZero();
    }

    @Test
    void failsWhileStartingAndWhenDown() throws Exception {
        assertThat(exitStatus(Health.starting("reads its tables"))).isEqualTo(1);
        assertThat(exitStatus(Health.down("lost"))).isEqualTo(1);
    }

    @Test
    void failsWhenNothingListens() throws Exception {
        int port;
        try (ManagementServer server = management(Health.UP)) {
            port = server.port();
        }
        assertThat(run(port)).isEqualTo(1);
    }

    private static int exitStatus(Health health) throws Exception {
        try (ManagementServer server = management(health)) {
            return run(server.port());
        }
    }

    private static ManagementServer management(Health health) throws IOException {
        return ManagementServer.start(
                Settings.of(Map.of("management.port", "0")),
                List.of(new Still(health)),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private static int run(int port) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        BASH.toString(), DEPLOY.resolve("ready.sh").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOOKSWITCH_MANAGEMENT_PORT", Integer.toString(port));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A service whose health does not change. */
    private record Still(Health health) implements Service {
        @Override
        public String name() {
            return "still";
        }

        @Override
        public void start() {}

        @Override
        public void close() {}
    }
}
