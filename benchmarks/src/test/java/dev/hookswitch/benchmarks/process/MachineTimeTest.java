package dev.hookswitch.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MachineTimeTest {
    @Test
    void isNeitherBusyWhileWaitingForTheDiskNorWhileTheProcessorIsStolen() {
        MachineTime before = MachineTime.of("cpu  100 10 50 1000 40 0 0 0 7 0");
        MachineTime after = MachineTime.of("cpu  130 10 60 1030 50 5 5 10 9 0");

        // user 30, system 10, irq 5, softirq 5; idle 30, disk 10; stolen 10; guest is part of user
        assertThat(after.busyShareSince(before)).isCloseTo(0.5, within(1e-9));
        assertThat(after.stolenShareSince(before)).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void sharesOfNoTimeAreNothing() {
        MachineTime time = MachineTime.of("cpu  1 1 1 1 1 1 1 1 0 0");

        assertThat(time.busyShareSince(time)).isZero();
    }
}
