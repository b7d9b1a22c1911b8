package dev.hookswitch.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.benchmarks.rig.Setup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class SetupOptionsTest {
    @Command
    private static final class Run {
        @Mixin
        private final SetupOptions setup = new SetupOptions("-Xmx1g -Xint");
    }

    private static Setup setup(String... arguments) {
        Run run = new Run();
        var unused = new CommandLine(run).parseArgs(arguments);
        return run.setup.setup();
    }

    @Test
    void hasDefaultsOfWhichTheFlagsAreTheCommands() {
        assertThat(setup()).isEqualTo(new Setup(6, 1_024, Map.of(), List.of("-Xmx1g", "-Xint")));
    }

    @Test
    void takesWhatIsGiven() {
        assertThat(setup(
                        "--partitions",
                        "3",
                        "--body-bytes",
                        "200",
                        "--set",
                        "a.b=1",
                        "--set",
                        "c=d=e",
                        "--jvm-flags",
                        " -Xmx2g   -Xcomp "))
                .isEqualTo(new Setup(3, 200, Map.of("a.b", "1", "c", "d=e"), List.of("-Xmx2g", "-Xcomp")));
        assertThat(setup("--jvm-flags", "").jvmFlags()).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> setup("--partitions", "0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partitions must be 1 or more");
        assertThatThrownBy(() -> setup("--body-bytes", "20"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("body-bytes must be");
    }
}
