package dev.hookswitch.fanout;

import dev.hookswitch.common.event.Problem;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes, logs and counts what is planned for each record of {@code events}. */
final class FanoutProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(FanoutProcessor.class);

    private final FanoutPlanner planner;
    private final DeadLetters deadLetters;
    private final OversizedEvents oversized;
    private final FanoutMetrics metrics;

    FanoutProcessor(FanoutPlanner planner, DeadLetters deadLetters, OversizedEvents oversized, FanoutMetrics metrics) {
        this.planner = planner;
        this.deadLetters = deadLetters;
        this.oversized = oversized;
        this.metrics = metrics;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Source source = source();
        long nowMs = context().currentSystemTimeMs();
        metrics.event(record.timestamp(), nowMs);
        if (oversized.contains(source)) {
            Fault fault = Fault.refusedAsTooLarge();
            refuse(deadLetters.withoutValue(record, source, fault, nowMs), source, fault);
            return;
        }
        Plan plan = plan(record.value(), source, nowMs);
        if (plan instanceof Plan.DeadLetter letter) {
            refuse(deadLetters.of(record, source, letter.fault(), nowMs), source, letter.fault());
        } else if (plan instanceof Plan.FanOut fanOut) {
            write(fanOut, source);
        }
    }

    private Plan plan(byte[] value, Source source, long nowMs) {
        try {
            return planner.plan(value, source, nowMs);
        } catch (RuntimeException | StackOverflowError e) {
            // Nothing is written yet. The partition must move on, and the event is kept. A regular expression in an
            // operator's schema can exhaust the stack on a long text.
            LOG.error("fan-out failed source={}", source.text(), e);
            return new Plan.DeadLetter(Fault.internal(e));
        }
    }

    private void refuse(Record<byte[], byte[]> letter, Source source, Fault fault) {
        LOG.warn(
                "dead letter reason={} pointer={} source={}", fault.reason(), loggable(fault.pointer()), source.text());
        metrics.deadLetter(fault.reason());
        context().forward(letter, FanoutTopology.DEAD_LETTERS);
    }

    private void write(Plan.FanOut plan, Source source) {
        metrics.accepted(plan);
        for (Problem problem : plan.verdict().tolerated()) {
            LOG.warn("schema breach let pass pointer={} source={}", loggable(problem.pointer()), source.text());
            metrics.schemaWarning(plan.event().type());
        }
        forwardAll(plan.deliveries(), FanoutTopology.DELIVERIES);
        forwardAll(plan.outcomes(), FanoutTopology.OUTCOMES);
    }

    private void forwardAll(List<Record<byte[], byte[]>> records, String sink) {
        for (Record<byte[], byte[]> record : records) {
            context().forward(record, sink);
        }
    }

    /** A pointer holds keys of the event, which may hold anything. */
    private static String loggable(String pointer) {
        return DeadLetters.shortened(pointer).replaceAll("\\p{Cntrl}", "?");
    }

    private Source source() {
        RecordMetadata meta = context().recordMetadata().orElseThrow();
        return new Source(meta.topic(), meta.partition(), meta.offset());
    }
}
