package dev.hookswitch.benchmarks.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PacedThreadTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PacedThread thread = new PacedThread("test");

    @Test
    void hasOneRunAtATime() {
        CountDownLatch end = new CountDownLatch(1);
        thread.start(end::await);

        assertThat(thread.running()).isTrue();
        assertThatThrownBy(() -> thread.start(() -> {})).isInstanceOf(IllegalStateException.class);

        end.countDown();
        Awaitility.await().atMost(LIMIT).until(() -> !thread.running());
        thread.start(() -> {});
        Awaitility.await().atMost(LIMIT).until(() -> !thread.running());
    }
}
