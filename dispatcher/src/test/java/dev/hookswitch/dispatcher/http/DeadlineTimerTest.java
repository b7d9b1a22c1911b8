package dev.hookswitch.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTimerTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final DeadlineTimer timer = new DeadlineTimer(nanos::get);

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void expiresOnceAndNotBefore() {
        AtomicInteger expired = new AtomicInteger();
        timer.add(Duration.ofMillis(500), expired::incrementAndGet);

        pass(490);
        assertThat(expired).hasValue(0);
        pass(20);
        pass(10_000);
        assertThat(expired).hasValue(1);
        assertThat(timer.size()).isZero();
    }

    @Test
    void removedDeadlineIsSilentAndHoldsNothing() {
        AtomicInteger expired = new AtomicInteger();
        DeadlineTimer.Expirable what = expired::incrementAndGet;
        long tick = timer.add(Duration.ofMillis(500), what);

        timer.remove(tick, what);

        assertThat(timer.size()).isZero();
        pass(10_000);
        assertThat(expired).hasValue(0);
    }

    /** Each attempt has another remainder of its deadline left when it comes here. */
    @Test
    void deadlinesOfManyLengthsExpireInOrder() {
        Random random = new Random(42);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int millis = 1 + random.nextInt(5_000);
            timer.add(Duration.ofMillis(millis).plusNanos(random.nextInt(1_000_000)), () -> order.add(millis));
        }

        for (int i = 0; i < 510; i++) {
            pass(10);
            int now = (i + 1) * 10;
            assertThat(order).allMatch(millis -> millis <= now);
        }
        assertThat(order).hasSize(2_000);
    }

    @Test
    void oneThatThrowsDoesNotStopTheOthers() {
        AtomicInteger expired = new AtomicInteger();
        timer.add(Duration.ofMillis(5), () -> {
            throw new IllegalStateException("on purpose");
        });
        timer.add(Duration.ofMillis(6), expired::incrementAndGet);
        timer.add(Duration.ofMillis(100), expired::incrementAndGet);

        pass(50);
        pass(100);

        assertThat(expired).hasValue(2);
    }

    /** A dispatcher stood still for 7 s, and healthy endpoints were disabled for timeouts although they had answered. */
    @Test
    void timeInWhichTheProcessStoodStillDoesNotCount() {
        AtomicInteger expired = new AtomicInteger();
        timer.add(Duration.ofSeconds(3), expired::incrementAndGet);
        pass(1_000);

        pass(7_000);
        timer.add(Duration.ofMillis(1_500), expired::incrementAndGet);
        pass(900);
        assertThat(expired).hasValue(0);
        pass(700);
        assertThat(expired)
                .as("the later one, as long after the pause as before")
                .hasValue(1);
        pass(500);
        assertThat(expired).hasValue(2);
    }

    @Test
    void deadlinesPassAlsoWhereEveryLookIsLate() {
        AtomicInteger expired = new AtomicInteger();
        timer.add(Duration.ofSeconds(3), expired::incrementAndGet);

        pass(2_000);
        pass(2_000);
        pass(2_000);

        assertThat(expired).hasValue(1);
    }

    @Test
    void expiresByItself() throws InterruptedException {
        CountDownLatch expired = new CountDownLatch(1);
        try (DeadlineTimer real = new DeadlineTimer(System::nanoTime)) {
            real.start();
            real.add(Duration.ofMillis(20), expired::countDown);

            assertThat(expired.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The ticker and those who add race for the present tick; no deadline may fall between. */
    @Test
    void deadlineThatIsSetWhileTheTickerGoesByStillExpires() throws InterruptedException {
        int count = 20_000;
        CountDownLatch expired = new CountDownLatch(count);
        try (DeadlineTimer real = new DeadlineTimer(System::nanoTime)) {
            Thread ticking = new Thread(() -> {
                while (expired.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
                    real.tick();
                }
            });
            ticking.setDaemon(true);
            ticking.start();
            for (int i = 0; i < count; i++) {
                real.add(Duration.ofNanos(1), expired::countDown);
            }
            boolean all = expired.await(60, TimeUnit.SECONDS);
            ticking.interrupt();
            assertThat(all).isTrue();
        }
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        timer.tick();
    }
}
