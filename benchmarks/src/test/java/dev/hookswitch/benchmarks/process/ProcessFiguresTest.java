package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessFiguresTest {
    @Test
    void countsTheCpuTimeOfThisProcess() {
        Message before = ProcessFigures.mark();
        long sum = 0;
        // The system counts in ticks of 10 ms.
        while (ProcessFigures.mark().number("cpuNanos") - before.number("cpuNanos") < 20_000_000) {
            sum++;
        }
        Message after = ProcessFigures.mark();

        assertThat(sum).isPositive();
        assertThat(after.number("nanos")).isGreaterThan(before.number("nanos"));
        assertThat(after.number("epochMs")).isGreaterThanOrEqualTo(before.number("epochMs"));
        assertThat(after.number("rssKib")).isNotNegative();
    }
}
