package dev.hookswitch.console.api;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.console.recovery.Recoveries;
import dev.hookswitch.console.recovery.RecoveryRefused;
import dev.hookswitch.console.recovery.RecoveryRequest;
import dev.hookswitch.console.recovery.RecoveryRun;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
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
    /** Empty while it looks for what there is to put. */
    private final Map<EndpointId, Optional<RecoveryRow>> running = new ConcurrentHashMap<>();

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
    RecoveryRow start(RecoveryRequest request, OptionalDouble perSecond) {
        EndpointId endpoint = request.endpoint();
        if (running.size() >= MOST) {
            throw ApiError.later("as many recoveries run here as may; try again", 30);
        }
        Optional<RecoveryRow> there = running.putIfAbsent(endpoint, Optional.empty());
        if (there != null) {
            return there.filter(row -> isFor(row, request))
                    .orElseThrow(() -> new ApiError(
                            409, "recovery_unfinished", "another recovery of the webhook runs: cancel it first"));
        }
        try {
            RecoveryRun run = recoveries.begin(request, perSecond);
            RecoveryRow row = run.row();
            running.put(endpoint, Optional.of(row));
            threads.execute(() -> run(endpoint, run));
            return row;
        } catch (RuntimeException e) {
            running.remove(endpoint);
            throw e;
        }
    }

    private static boolean isFor(RecoveryRow row, RecoveryRequest request) {
        return row.kind() == request.kind() && row.sinceMs() == request.since().toEpochMilli();
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
            running.remove(endpoint);
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
