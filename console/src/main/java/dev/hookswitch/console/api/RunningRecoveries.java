package dev.hookswitch.console.api;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.console.recovery.Recoveries;
import dev.hookswitch.console.recovery.RecoveryRefused;
import dev.hookswitch.console.recovery.RecoveryRequest;
import dev.hookswitch.console.recovery.RecoveryRun;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recoveries that were asked for here run here, each on a thread. One that is stopped goes on when it is asked for again. */
final class RunningRecoveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRecoveries.class);
    private static final int MOST = 8;
    private static final int CLOSE_SECONDS = 10;

    private final Recoveries recoveries;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "recovery");
        thread.setDaemon(true);
        return thread;
    });
    /** Guarded by this. */
    private final Map<EndpointId, RecoveryRow> running = new HashMap<>();

    private volatile boolean stopping;

    RunningRecoveries(Recoveries recoveries) {
        this.recoveries = recoveries;
    }

    /**
     * Begins a recovery, or goes on with one that was interrupted; one that runs here is left alone.
     *
     * @return as it was at its beginning here
     * @throws RecoveryRefused when it cannot begin
     * @throws ApiError when too many run here
     */
    synchronized RecoveryRow start(RecoveryRequest request, OptionalDouble perSecond) {
        RecoveryRow same = running.get(request.endpoint());
        if (same != null) {
            if (same.kind() == request.kind()
                    && same.sinceMs() == request.since().toEpochMilli()) {
                return same;
            }
            throw new ApiError(409, "recovery_unfinished", "another recovery of the webhook runs: cancel it first");
        }
        if (running.size() >= MOST) {
            throw ApiError.later("as many recoveries run here as may; try again", 30);
        }
        RecoveryRun run = recoveries.begin(request, perSecond);
        RecoveryRow row = run.row();
        running.put(request.endpoint(), row);
        threads.execute(() -> run(request.endpoint(), run));
        return row;
    }

    private void run(EndpointId endpoint, RecoveryRun run) {
        try (run) {
            RecoveryRow unused = run.run(row -> {}, () -> stopping);
        } catch (RecoveryRefused e) {
            LOG.info(
                    "recovery stopped endpoint={} code={}",
                    endpoint.topicKey(),
                    e.code().wireName());
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("recovery interrupted endpoint={}: {}", endpoint.topicKey(), e.toString());
        } finally {
            synchronized (this) {
                running.remove(endpoint);
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
