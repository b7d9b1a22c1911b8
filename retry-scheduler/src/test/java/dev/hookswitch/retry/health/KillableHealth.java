package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.EndpointEvent;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * One process of endpoint health after another. A commit keeps states, output and position, all at one stroke, as a
 * transaction of Kafka does; a kill loses everything since, and with it everything that the process had in memory. That a
 * commit is indeed at one stroke is Kafka's promise, which {@code KilledProcessTest} tries with real processes.
 */
final class KillableHealth {
    private final Rig rig;
    private final DisableRules rules;
    private final List<byte[]> rows;
    private final List<EndpointStatus> statuses = new ArrayList<>();
    private final List<EndpointEvent> events = new ArrayList<>();
    private Map<String, byte[]> states = Map.of();
    private int position;

    /** @param rows as they are in Kafka */
    KillableHealth(Rig rig, DisableRules rules, List<byte[]> rows) {
        this.rig = rig;
        this.rules = rules;
        this.rows = rows;
    }

    /** A process starts, reads so many rows, commits, reads so many more and is killed. */
    void live(int committed, int lost) {
        EndpointHealthProcessor process = rig.start(states, rules);
        read(process, position, committed);
        position = Math.min(position + committed, rows.size());
        states = rig.states();
        rig.collect(statuses, events);
        read(process, position, lost);
    }

    private void read(EndpointHealthProcessor process, int from, int count) {
        for (int offset = from; offset < Math.min(from + count, rows.size()); offset++) {
            rig.context.setRecordMetadata("delivery-attempts", 0, offset);
            process.process(new Record<>(new byte[0], rows.get(offset), 0));
        }
    }

    /** The next process reads from here, as after an operator set the group back; all else stays. */
    void rewind(int toPosition) {
        position = Math.min(position, toPosition);
    }

    int position() {
        return position;
    }

    List<EndpointStatus> statuses() {
        return statuses;
    }

    List<EndpointEvent> events() {
        return events;
    }

    /** What Kafka Streams is to a process; emptied for each. One serves many tests in turn, because to make one takes long. */
    static final class Rig {
        private final MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
        private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(EndpointHealthTopology.STORE), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        private final HealthMeters meters = new HealthMeters(new SimpleMeterRegistry());

        Rig() {
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }

        /** A new process, with what was committed before it. */
        EndpointHealthProcessor start(Map<String, byte[]> states, DisableRules rules) {
            states().keySet().forEach(store::delete);
            states.forEach(store::put);
            context.resetForwards();
            EndpointHealthProcessor process =
                    new EndpointHealthProcessor(EndpointHealthTopology.STORE, rules, new KnownEndpoints(), meters);
            process.init(context);
            return process;
        }

        Map<String, byte[]> states() {
            Map<String, byte[]> now = new HashMap<>();
            try (KeyValueIterator<String, byte[]> all = store.all()) {
                all.forEachRemaining(entry -> now.put(entry.key, entry.value));
            }
            return now;
        }

        void collect(List<EndpointStatus> intoStatuses, List<EndpointEvent> intoEvents) {
            for (CapturedForward<? extends String, ? extends byte[]> forward : context.forwarded()) {
                byte[] value = forward.record().value();
                if (forward.childName().orElseThrow().equals(EndpointHealthTopology.STATUS)) {
                    intoStatuses.add(Wire.read(value, EndpointStatus.class));
                } else {
                    intoEvents.add(Wire.read(value, EndpointEvent.class));
                }
            }
        }
    }
}
