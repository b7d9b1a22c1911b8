package dev.hookswitch.fanout;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.event.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes, logs and counts what is planned for each record of {@code events} and {@code events-moved}. */
final class FanoutProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(FanoutProcessor.class);

    private final Parts parts;
    private final FanoutMetrics metrics;
    private @Nullable Repeats repeats;

    /**
     * What the processors of all tasks share.
     *
     * @param eventsTopic its name
     */
    record Parts(
            String eventsTopic,
            EventParser parser,
            FanoutPlanner planner,
            Repeats.Policy repeats,
            DeadLetters deadLetters,
            OversizedEvents oversized,
            FanoutMetrics metrics) {}

    FanoutProcessor(Parts parts) {
        this.parts = parts;
        this.metrics = parts.metrics();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        repeats = Repeats.of(parts.repeats(), context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Publication publication = publication(record);
        Source source = publication.source();
        long nowMs = context().currentSystemTimeMs();
        if (!publication.moved()) {
            metrics.event(record.timestamp(), nowMs);
        }
        if (parts.oversized().contains(source)) {
            Fault fault = Fault.refusedAsTooLarge();
            refuse(parts.deadLetters().withoutValue(publication.record(), source, fault, nowMs), source, fault);
            return;
        }
        guarded(
                        publication,
                        nowMs,
                        () -> parts.parser().parse(publication.record().value()))
                .ifPresent(parsed -> {
                    if (parsed instanceof ParsedEvent.Refused refused) {
                        refuse(publication, Fault.of(refused.problem()), nowMs);
                    } else {
                        judge(((ParsedEvent.Accepted) parsed).event(), publication, nowMs);
                    }
                });
    }

    private Publication publication(Record<byte[], byte[]> record) {
        RecordMetadata meta = context().recordMetadata().orElseThrow();
        Source at = new Source(meta.topic(), meta.partition(), meta.offset());
        return meta.topic().equals(parts.eventsTopic())
                ? new Publication(record, at, false)
                : MovedEvents.unpack(record, at, parts.eventsTopic());
    }

    /**
     * What is made of an event, without effects. Nothing is written yet when it fails: the partition must move on, and the
     * event is kept. A regular expression in an operator's schema can exhaust the stack on a long text.
     */
    private <T> Optional<T> guarded(Publication publication, long nowMs, Supplier<T> pure) {
        try {
            return Optional.of(pure.get());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("fan-out failed source={}", publication.source().text(), e);
            refuse(publication, Fault.internal(e), nowMs);
            return Optional.empty();
        }
    }

    /** The store's failures are not caught: they end the thread and undo the transaction. */
    private void judge(DomainEvent event, Publication publication, long nowMs) {
        Repeats memory = Objects.requireNonNull(repeats, "init comes first");
        Optional<byte[]> elsewhere = memory.elsewhere(event, publication);
        if (elsewhere.isPresent()) {
            metrics.moved();
            context().forward(MovedEvents.pack(publication, elsewhere.get()), FanoutTopology.MOVED);
            return;
        }
        Repeats.Look look = memory.look(event, publication, nowMs);
        if (look.first().isPresent()) {
            suppress(event, publication, look.first().get(), look.isSame(), nowMs);
            return;
        }
        guarded(publication, nowMs, () -> parts.planner().plan(event, publication.source(), nowMs))
                .ifPresent(plan -> {
                    if (plan instanceof Plan.DeadLetter letter) {
                        refuse(publication, letter.fault(), nowMs);
                    } else {
                        write((Plan.FanOut) plan, look, publication);
                    }
                });
    }

    private void suppress(DomainEvent event, Publication publication, Sighting first, boolean same, long nowMs) {
        metrics.repeat(same);
        if (same) {
            LOG.debug(
                    "repeat suppressed tenant={} event={} source={} first={}:{}",
                    event.tenant(),
                    event.id(),
                    publication.source().text(),
                    first.partition(),
                    first.offset());
        } else {
            refuse(publication, Fault.idTaken(first), nowMs);
        }
    }

    private void refuse(Publication publication, Fault fault, long nowMs) {
        Source source = publication.source();
        refuse(parts.deadLetters().of(publication.record(), source, fault, nowMs), source, fault);
    }

    private void refuse(Record<byte[], byte[]> letter, Source source, Fault fault) {
        LOG.warn(
                "dead letter reason={} pointer={} source={}", fault.reason(), loggable(fault.pointer()), source.text());
        metrics.deadLetter(fault.reason());
        context().forward(letter, FanoutTopology.DEAD_LETTERS);
    }

    private void write(Plan.FanOut plan, Repeats.Look look, Publication publication) {
        metrics.accepted(plan);
        for (Problem problem : plan.verdict().tolerated()) {
            LOG.warn(
                    "schema breach let pass pointer={} source={}",
                    loggable(problem.pointer()),
                    publication.source().text());
            metrics.schemaWarning(plan.event().type());
        }
        if (!plan.verdict().isUnmatched()) {
            // What nobody asked for made no delivery that could be repeated, and need not be remembered.
            Objects.requireNonNull(repeats, "init comes first").remember(look, publication);
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
}
