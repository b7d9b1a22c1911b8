package dev.hookswitch.common.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DownWatchTest {
    private static final long LIMIT_NANOS = DownWatch.LIMIT.toNanos();

    private final AtomicLong nanos = new AtomicLong(-LIMIT_NANOS / 2);
    private final DownWatch watch = new DownWatch(nanos::get, Duration.ofMillis(1));
    private final FakeService one = new FakeService("one");
    private final FakeService two = new FakeService("two");
    private final List<Service> both = List.of(one, two);

    @Test
    void aServiceThatIsDownForTheWholeLimitIsLost() {
        two.health = Health.down("no disk");
        assertThat(watch.look(both)).isEmpty();
        nanos.addAndGet(LIMIT_NANOS - 1);
        assertThat(watch.look(both)).isEmpty();
        nanos.addAndGet(1);
        assertThat(watch.look(both)).contains("two has been down for 60 s: no disk");
    }

    @Test
    void aMomentOfLifeBeginsTheLimitAnew() {
        one.health = Health.down("no broker");
        assertThat(watch.look(both)).isEmpty();
        nanos.addAndGet(LIMIT_NANOS - 1);
        one.health = Health.starting("joins");
        assertThat(watch.look(both)).isEmpty();
        one.health = Health.down("no broker");
        nanos.addAndGet(LIMIT_NANOS);
        assertThat(watch.look(both)).isEmpty();
        nanos.addAndGet(LIMIT_NANOS);
        assertThat(watch.look(both)).isPresent();
    }

    @Test
    void twoServicesThatAreDownInTurnAreNotLost() {
        for (int i = 0; i < 6; i++) {
            one.health = i % 2 == 0 ? Health.down("in turn") : Health.UP;
            two.health = i % 2 == 1 ? Health.down("in turn") : Health.UP;
            assertThat(watch.look(both)).isEmpty();
            nanos.addAndGet(LIMIT_NANOS);
        }
    }

    @Test
    void returnsWithNothingWhenAskedToStop() throws InterruptedException {
        one.health = Health.down("no broker");
        CountDownLatch asked = new CountDownLatch(0);
        assertThat(watch.await(asked, both)).isEmpty();
    }

    @Test
    void aProcessWhoseRoleStaysDownClosesItAndEndsWithOne() throws InterruptedException {
        one.health = Health.down("no broker");
        DownWatch hurried = new DownWatch(() -> nanos.addAndGet(LIMIT_NANOS / 4), Duration.ofMillis(1));
        int status = RoleProcess.run(Map.of("HOOKSWITCH_MANAGEMENT_PORT", "0"), (settings, metrics) -> one, hurried);
        assertThat(status).isEqualTo(1);
        assertThat(one.closed).isTrue();
    }
}
