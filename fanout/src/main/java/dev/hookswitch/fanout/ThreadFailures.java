package dev.hookswitch.fanout;

import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what follows when a Streams thread dies. A new thread takes over where a second try can help; else the client
 * stops, which the health shows.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

    private final FanoutMetrics metrics;

    ThreadFailures(FanoutMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        boolean passing = mayPass(failure);
        // Kafka Streams logs the stack.
        LOG.error(
                "streams thread failed replaced={} failure={}",
                passing,
                failure.getClass().getName());
        metrics.threadFailed(passing);
        return passing ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Whether a cause is one that Kafka calls retriable, or one that the next thread avoids. */
    static boolean mayPass(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException
                    || cause instanceof TransactionAbortableException
                    || cause instanceof ApplicationRecoverableException
                    || cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }
}
