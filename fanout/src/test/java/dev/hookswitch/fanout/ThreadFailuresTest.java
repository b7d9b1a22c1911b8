package dev.hookswitch.fanout;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ThreadFailures failures = new ThreadFailures(new FanoutMetrics(registry));

    @Test
    void replacesTheThreadWhereTheNextMaySucceed() {
        assertThat(failures.handle(new TimeoutException("slow"))).isEqualTo(REPLACE_THREAD);
        assertThat(failures.handle(new StreamsException("x", new TimeoutException("slow"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(failures.handle(new StreamsException("x", new KafkaException("y", new RecordTooLargeException()))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(failures.handle(new StreamsException("x", new TransactionAbortableException("y"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(failures.handle(new StreamsException("x", new ProducerFencedException("y"))))
                .isEqualTo(REPLACE_THREAD);
    }

    @Test
    void stopsTheClientWhereItCannot() {
        assertThat(failures.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures.handle(new StreamsException("x", new AuthenticationException("y"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures.handle(new StreamsException("x", new TopicAuthorizationException("y"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures.handle(new MissingSourceTopicException("gone"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(failures.handle(new IllegalStateException("a defect"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void countsBoth() {
        failures.handle(new TimeoutException("slow"));
        failures.handle(new OutOfMemoryError());

        assertThat(count("true")).isEqualTo(1);
        assertThat(count("false")).isEqualTo(1);
    }

    private double count(String replaced) {
        return registry.get("hookswitch.fanout.thread.failures")
                .tag("replaced", replaced)
                .counter()
                .count();
    }
}
