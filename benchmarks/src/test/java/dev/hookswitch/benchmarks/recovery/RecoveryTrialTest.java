package dev.hookswitch.benchmarks.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With real processes, a real SIGKILL and the dispatcher as it ships. */
@Tag("long")
class RecoveryTrialTest {
    @Test
    void aRecoveryThatIsKilledTwiceDeliversEachOnceMore() throws IOException, InterruptedException {
        RecoveryTrial.Plan plan = new RecoveryTrial.Plan(600, 500, 200, 4, Map.of());

        RecoveryFindings findings = RecoveryTrial.run(plan, line -> {});

        assertThat(findings.isExact()).as("%s", findings).isTrue();
        assertThat(findings.killedAfter()).hasSize(2).allMatch(put -> put < 600);
    }
}
