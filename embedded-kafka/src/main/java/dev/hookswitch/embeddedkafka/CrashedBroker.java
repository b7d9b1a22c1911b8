package dev.hookswitch.embeddedkafka;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker that was here before and did not say goodbye. The controller takes it for alive until its session times
 * out, and refuses the new one meanwhile: 10 to 15 seconds. But we hold its lock, so it is surely gone.
 */
final class CrashedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(CrashedBroker.class);
    private static final long LIMIT_SECONDS = 15;
    private static final Executor SOON = CompletableFuture.delayedExecutor(20, MILLISECONDS);

    private final Controller controller;
    private final long deadlineNanos = System.nanoTime() + SECONDS.toNanos(LIMIT_SECONDS);

    CrashedBroker(Controller controller) {
        this.controller = controller;
    }

    /** Removes its registration, so that the next one is accepted at once. */
    void forget() throws InterruptedException {
        try {
            unregister().get(LIMIT_SECONDS, SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("could not remove the registration of the crashed broker, so the start takes longer", e);
        }
    }

    /** A controller that has just started may not yet be the active one. */
    private CompletableFuture<Void> unregister() {
        ControllerRequestContext context = new ControllerRequestContext(
                new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.of(deadlineNanos));
        return controller.unregisterBroker(context, BrokerProperties.NODE_ID).exceptionallyCompose(this::again);
    }

    private CompletableFuture<Void> again(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof NotControllerException && System.nanoTime() < deadlineNanos) {
            return CompletableFuture.runAsync(() -> {}, SOON).thenCompose(elapsed -> unregister());
        }
        return CompletableFuture.failedFuture(cause);
    }
}
