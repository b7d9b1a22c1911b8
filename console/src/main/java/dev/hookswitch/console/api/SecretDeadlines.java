package dev.hookswitch.console.api;

import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.console.endpoints.Asked;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with rotations of secrets that are due. Several instances may: each step is made once. */
final class SecretDeadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SecretDeadlines.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Asked CONSOLE = Asked.by(new Actor("console", null));

    private final EndpointAdmin admin;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "secret-deadlines");

    SecretDeadlines(EndpointAdmin admin, InstantSource clock) {
        this.admin = admin;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (!stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look. */
    void look() {
        long now = clock.millis();
        List<Subscription> due = admin.known().stream()
                .flatMap(view -> view.all().stream())
                .filter(subscription -> isDue(subscription, now))
                .toList();
        for (Subscription subscription : due) {
            try {
                var unused = admin.advance(subscription.id(), CONSOLE);
            } catch (InvalidEndpoint e) {
                // Deleted meanwhile.
            } catch (RuntimeException e) {
                LOG.warn(
                        "the rotation of {} could not go on: {}",
                        subscription.id().topicKey(),
                        e.toString());
                return;
            }
        }
    }

    private static boolean isDue(Subscription subscription, long now) {
        Long due = subscription.secretsDueAtMs();
        return due != null && due <= now;
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
    }
}
