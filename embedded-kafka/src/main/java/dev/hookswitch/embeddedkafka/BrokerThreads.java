package dev.hookswitch.embeddedkafka;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one broker. Kafka ends the JVM through a static procedure when something fatal happens; which of
 * several brokers meant it is known only by the thread that calls, and a thread inherits the group of its creator.
 */
final class BrokerThreads extends ThreadGroup {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerThreads.class);

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    BrokerThreads(String name) {
        super(name);
    }

    /** From now on a fatal failure of any broker in this JVM is recorded here instead of ending the process. */
    static void replaceExitProcedures() {
        Exit.setExitProcedure((status, message) -> onExit("exit", status, message));
        Exit.setHaltProcedure((status, message) -> onExit("halt", status, message));
    }

    /** The first thing that went irreparably wrong. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            LOG.error("embedded broker {} failed", getName(), cause);
        } else {
            LOG.warn("embedded broker {} failed before; also: {}", getName(), cause.toString());
        }
    }

    /** Runs in a new thread of this group and waits for its end. */
    void run(String name, Duration limit, Task task) throws Exception {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                this,
                () -> {
                    try {
                        task.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                getName() + "-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new TimeoutException(thread.getName() + " did not end within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
        fail(e);
    }

    private static void onExit(String kind, int status, @Nullable String message) {
        for (ThreadGroup group = Thread.currentThread().getThreadGroup(); group != null; group = group.getParent()) {
            if (group instanceof BrokerThreads broker) {
                BrokerExitException failure = new BrokerExitException(kind, status, message);
                broker.fail(failure);
                throw failure;
            }
        }
        Runtime.getRuntime().halt(status);
    }

    interface Task {
        void run() throws Exception;
    }

    /** Where the broker would have ended the JVM. */
    static final class BrokerExitException extends IllegalStateException {
        private BrokerExitException(String kind, int status, @Nullable String message) {
            super("the broker asked to " + kind + " with status " + status + (message == null ? "" : ": " + message));
        }
    }
}
