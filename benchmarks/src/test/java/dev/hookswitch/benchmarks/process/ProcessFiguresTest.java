package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {
    @Test
    void countsTheCpuTimeOfThisProcess() {
        Message before = ProcessFigures.mark();
        // The system counts in ticks of 10 ms.
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofNanos(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> ProcessFigures.mark().number("cpuNanos") - before.number("cpuNanos") >= 20_000_000);
        Message after = ProcessFigures.mark();

        assertThat(after.number("nanos")).isGreaterThan(before.number("nanos"));
        assertThat(after.number("epochMs")).isGreaterThanOrEqualTo(before.number("epochMs"));
        assertThat(after.number("rssKib")).isNotNegative();
    }

    @Test
    void aCensusTellsWhatIsHeldAfterACollection() {
        byte[] held = new byte[8 * 1024 * 1024];
        Message census = ProcessFigures.census();

        assertThat(census.number("heapKib")).isGreaterThan(held.length / 1024);
        assertThat(census.number("heapKib")).isLessThan(1024 * 1024);
        assertThat(census.number("threads")).isPositive();
        assertThat(census.number("files")).isPositive();
        assertThat(census.number("nonHeapKib")).isPositive();
    }
}
