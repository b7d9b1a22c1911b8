package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.Profile.DisableRule;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@link HealthPolicy} to each attempt row: remembers, tells, counts and logs what changes. A record that is no
 * attempt row is skipped, so that its partition moves on.
 */
final class EndpointHealthProcessor extends ContextualProcessor<byte[], byte[], String, byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealthProcessor.class);
    private static final int LOGGED_PROBLEM_CHARS = 200;

    private final String storeName;
    private final DisableRules rules;
    private final HealthMeters meters;
    private final Set<String> reportedProfiles = new HashSet<>();
    private @Nullable KeyValueStore<String, byte[]> store;

    EndpointHealthProcessor(String storeName, DisableRules rules, HealthMeters meters) {
        this.storeName = storeName;
        this.rules = rules;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        super.init(context);
        store = context.getStateStore(storeName);
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
        KeyValueStore<String, byte[]> endpoints = Objects.requireNonNull(store, "store");
        EndpointId endpoint = endpoint(row);
        String key = endpoint.topicKey();
        byte[] stored = endpoints.get(key);
        EndpointHealth known = stored == null ? null : EndpointHealth.of(Wire.read(stored, EndpointStatus.class));
        HealthPolicy.next(known, row, ruleFor(row)).ifPresent(transition -> {
            EndpointStatus status = transition.to().toStatus(endpoint);
            byte[] json = Wire.write(status);
            endpoints.put(key, json);
            if (transition.isNews()) {
                context().forward(new Record<>(key, json, timestampMs));
                report(transition, status, row);
            }
        });
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
