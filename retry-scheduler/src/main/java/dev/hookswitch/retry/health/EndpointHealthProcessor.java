package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.Profile.DisableRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@link HealthPolicy} to each attempt row: remembers, tells, counts and logs what changes. A record that is no
 * attempt row is skipped, so that its partition moves on. Holds nothing between two rows that the store does not: a process
 * that takes over goes on as if it had been there from the first row.
 */
final class EndpointHealthProcessor extends ContextualProcessor<byte[], byte[], String, byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealthProcessor.class);
    private static final int LOGGED_PROBLEM_CHARS = 200;
    /** A deleted endpoint is forgotten after one to two of these. */
    static final Duration SWEEP_INTERVAL = Duration.ofMinutes(5);

    private final String storeName;
    private final DisableRules rules;
    private final KnownEndpoints known;
    private final DeletedEndpoints deleted;
    private final HealthMeters meters;
    private final Set<String> reportedProfiles = new HashSet<>();
    private @Nullable KeyValueStore<String, byte[]> store;

    EndpointHealthProcessor(String storeName, DisableRules rules, KnownEndpoints known, HealthMeters meters) {
        this.storeName = storeName;
        this.rules = rules;
        this.known = known;
        this.deleted = new DeletedEndpoints(known);
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        super.init(context);
        store = context.getStateStore(storeName);
        context.schedule(SWEEP_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::forgetDeleted);
    }

    @Override
    public void process(Record<byte[], byte[]> attempt) {
        read(attempt.value()).ifPresent(row -> apply(row, attempt.timestamp()));
    }

    private Optional<AttemptRow> read(byte @Nullable [] value) {
        try {
            if (value == null) {
                throw new IllegalArgumentException("no value");
            }
            AttemptRow row = Wire.read(value, AttemptRow.class);
            EndpointId endpoint = endpoint(row);
            if (!EndpointId.parse(endpoint.topicKey()).equals(endpoint)) {
                throw new IllegalArgumentException("tenant must not hold a slash");
            }
            return Optional.of(row);
        } catch (IllegalArgumentException e) {
            meters.garbage();
            LOG.warn("skipped what is no attempt row, at {}: {}", place(), oneLine(e));
            return Optional.empty();
        }
    }

    private void apply(AttemptRow row, long timestampMs) {
        EndpointId endpoint = endpoint(row);
        String key = endpoint.topicKey();
        Remembered remembered = Remembered.read(endpoints().get(key));
        long offset = context().recordMetadata().orElseThrow().offset();
        if (remembered != null && remembered.includes(offset)) {
            return;
        }
        EndpointHealth before = remembered == null ? null : EndpointHealth.of(remembered.status());
        DisableRule rule = ruleFor(row);
        Transition change =
                HealthPolicy.next(before, row, rule, rules.minFailingTime()).orElse(null);
        if (change != null) {
            EndpointStatus status = change.to().toStatus(endpoint);
            endpoints().put(key, new Remembered(status, offset).write());
            if (change.isNews()) {
                context().forward(new Record<>(key, Wire.write(status), timestampMs), EndpointHealthTopology.STATUS);
                report(change, status, row);
            }
        }
        for (EndpointEvent event : EndpointEvents.of(change, row, rule)) {
            tell(event, timestampMs);
        }
    }

    private void tell(EndpointEvent event, long timestampMs) {
        EndpointId endpoint = event.endpoint();
        byte[] json = Wire.write(event);
        context().forward(new Record<>(endpoint.topicKey(), json, timestampMs), EndpointHealthTopology.EVENTS);
        meters.told(event.type());
        if (Told.isFor(event) && known.othersAskFor(event.type(), endpoint)) {
            context()
                    .forward(new Record<>(event.tenant(), Told.write(event), timestampMs), EndpointHealthTopology.TOLD);
        }
    }

    private void forgetDeleted(long nowMs) {
        List<String> gone;
        try (KeyValueIterator<String, byte[]> all = endpoints().all()) {
            gone = deleted.sweep(new Keys(all));
        }
        for (String key : gone) {
            byte[] none = null;
            endpoints().delete(key);
            context().forward(new Record<>(key, none, nowMs), EndpointHealthTopology.STATUS);
        }
        meters.forgotten(gone.size());
    }

    /** The keys of a store. */
    private record Keys(KeyValueIterator<String, byte[]> all) implements Iterator<String> {
        @Override
        public boolean hasNext() {
            return all.hasNext();
        }

        @Override
        public String next() {
            return all.next().key;
        }
    }

    private KeyValueStore<String, byte[]> endpoints() {
        return Objects.requireNonNull(store, "store");
    }

    private DisableRule ruleFor(AttemptRow row) {
        return rules.find(row.profile()).orElseGet(() -> {
            meters.unknownProfile();
            if (reportedProfiles.add(row.profile())) {
                LOG.warn("profile {} is not known here, the rule of standard applies", row.profile());
            }
            return rules.fallback();
        });
    }

    private void report(Transition transition, EndpointStatus status, AttemptRow row) {
        if (transition.isAnotherState()) {
            meters.cameTo(status.state());
            LOG.info(
                    "endpoint tenant={} webhook={} from={} to={} delivery={} attempt={} result={}",
                    row.tenant(),
                    row.webhookId(),
                    transition.from(),
                    transition.to(),
                    row.deliveryId(),
                    row.attempt(),
                    row.result());
        }
    }

    private String place() {
        return context()
                .recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                .orElse("unknown");
    }

    private static EndpointId endpoint(AttemptRow row) {
        return new EndpointId(row.tenant(), row.webhookId());
    }

    private static String oneLine(Exception problem) {
        String line = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        return line.substring(0, Math.min(line.length(), LOGGED_PROBLEM_CHARS));
    }
}
