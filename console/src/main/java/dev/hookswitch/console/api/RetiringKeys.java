package dev.hookswitch.console.api;

import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.console.endpoints.Resealing;
import dev.hookswitch.console.endpoints.Resealing.Step;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals anew, in the background, what is sealed under a retiring key. Several instances may: each secret is sealed once. */
final class RetiringKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RetiringKeys.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration STEP_EVERY = Duration.ofSeconds(1);
    private static final Actor CONSOLE = new Actor("console", null);

    private final Resealing resealing;
    private final int perSecond;
    private final ApiMetrics metrics;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "retiring-keys");
    private volatile Step last = new Step(0, 0, 0);

    /** @param perSecond how many endpoints are sealed anew in a second, at the most */
    RetiringKeys(Resealing resealing, int perSecond, ApiMetrics metrics) {
        this.resealing = resealing;
        this.perSecond = perSecond;
        this.metrics = metrics;
        metrics.watchResealing(() -> last.left(), () -> last.stuck());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        Duration pause = STEP_EVERY;
        try {
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = look() ? STEP_EVERY : LOOK_EVERY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One step; whether there is more to do. */
    boolean look() {
        try {
            Step step = resealing.step(perSecond, CONSOLE);
            last = step;
            metrics.resealed(step.done());
            if (step.done() > 0) {
                LOG.info("sealed anew endpoints={} left={} stuck={}", step.done(), step.left(), step.stuck());
            }
            return step.left() > 0;
        } catch (RuntimeException e) {
            LOG.warn("sealing anew could not go on: {}", e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
    }
}
