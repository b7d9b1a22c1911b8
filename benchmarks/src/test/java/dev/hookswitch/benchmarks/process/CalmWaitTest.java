package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalmWaitTest {
    private final ArrayDeque<Double> shares = new ArrayDeque<>();
    private final List<Duration> slept = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final CalmWait wait = new CalmWait(Duration.ofSeconds(35), lines::add, shares::remove, slept::add);

    @Test
    void goesOnAtOnceWhenTheMachineIsCalm() throws Exception {
        shares.add(0.03);

        wait.await();

        assertThat(slept).isEmpty();
        assertThat(lines).isEmpty();
    }

    @Test
    void looksAgainUntilItIsCalmAndSaysWhy() throws Exception {
        shares.addAll(List.of(0.7, 0.04, 0.0));

        wait.await();

        assertThat(slept).hasSize(2);
        assertThat(lines)
                .first()
                .asString()
                .startsWith("70 % of the machine is stolen")
                .contains("35 s more");
    }

    @Test
    void patienceIsForAllWaitsTogether() throws Exception {
        shares.addAll(List.of(0.7, 0.0, 0.7, 0.7));

        wait.await();
        wait.await();
        wait.await();

        assertThat(slept).hasSize(3);
        assertThat(shares).isEmpty();
    }
}
