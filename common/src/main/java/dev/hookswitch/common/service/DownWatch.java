package dev.hookswitch.common.service;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Waits with the process for its end: asked from outside, or because a service is down and stays so. A container that is
 * only unhealthy is restarted by nobody; one that has ended is.
 */
public final class DownWatch {
    /** How long a service may be down without a break. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private final LongSupplier nanoTime;
    private final Duration lookEvery;
    private final Map<String, Long> downSinceNanos = new HashMap<>();

    DownWatch(LongSupplier nanoTime, Duration lookEvery) {
        this.nanoTime = nanoTime;
        this.lookEvery = lookEvery;
    }

    /** In real time. */
    public static DownWatch system() {
        return new DownWatch(System::nanoTime, LOOK_EVERY);
    }

    /**
     * Returns when the latch is down, or a service has been down for {@link #LIMIT}.
     *
     * @return what is wrong; empty when the latch is down
     */
    public Optional<String> await(CountDownLatch stop, List<Service> services) throws InterruptedException {
        while (!stop.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
            Optional<String> lost = look(services);
            if (lost.isPresent()) {
                return lost;
            }
        }
        return Optional.empty();
    }

    /** One look: what is wrong with the first service that has been down for too long. */
    Optional<String> look(List<Service> services) {
        long now = nanoTime.getAsLong();
        for (Service service : services) {
            Health health = service.health();
            if (health.alive()) {
                downSinceNanos.remove(service.name());
            } else if (now - downSinceNanos.computeIfAbsent(service.name(), name -> now) >= LIMIT.toNanos()) {
                return Optional.of(
                        service.name() + " has been down for " + LIMIT.toSeconds() + " s: " + health.detail());
            }
        }
        return Optional.empty();
    }
}
