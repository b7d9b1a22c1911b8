package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmCommandTest {
    @Test
    void putsFlagsBeforeTheMainClassAndArgumentsAfterIt() {
        JvmCommand command = new JvmCommand(
                        JvmCommandTest.class, List.of("-Xmx1g"), Message.of("x").with("port", 7))
                .withFlags(List.of("-Xint"));

        assertThat(command.words(Path.of("/jdk"), "a.jar:b.jar"))
                .containsExactly(
                        "/jdk/bin/java",
                        "-Xmx1g",
                        "-Xint",
                        "-cp",
                        "a.jar:b.jar",
                        "dev.hookswitch.benchmarks.process.JvmCommandTest",
                        "port=7");
    }
}
