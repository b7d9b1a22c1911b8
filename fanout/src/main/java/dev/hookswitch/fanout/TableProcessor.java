package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.EndpointId;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the index from a compacted topic. Never throws, since an exception here would end the whole client: what cannot be
 * understood is ignored, so that the endpoint stays as it was last known. Runs while Kafka Streams restores, too, which
 * makes the index whole before the first event.
 */
final class TableProcessor extends ContextualProcessor<byte[], byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(TableProcessor.class);

    private final Table table;
    private final FanoutMetrics metrics;

    /** What a compacted topic says, one endpoint at a time. */
    interface Table {
        /** For metrics. */
        String name();

        /**
         * Takes the latest value of an endpoint.
         *
         * @throws TableException when it cannot be understood
         */
        void put(EndpointId id, byte[] value);

        void remove(EndpointId id);
    }

    /** A record that cannot be understood. */
    static final class TableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param reason a stable word, without anything from the record */
        TableException(String reason) {
            super(reason);
        }
    }

    TableProcessor(Table table, FanoutMetrics metrics) {
        this.table = table;
        this.metrics = metrics;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            apply(record.key(), record.value());
        } catch (TableException e) {
            ignored(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            ignored(e.getClass().getSimpleName());
        }
    }

    private void apply(byte @Nullable [] key, byte @Nullable [] value) {
        EndpointId id = id(key);
        if (value == null) {
            table.remove(id);
        } else {
            table.put(id, value);
        }
    }

    private static EndpointId id(byte @Nullable [] key) {
        try {
            return EndpointId.parse(key == null ? "" : new String(key, UTF_8));
        } catch (IllegalArgumentException e) {
            throw new TableException("key");
        }
    }

    private void ignored(String reason) {
        String at = context()
                .recordMetadata()
                .map(meta -> meta.topic() + ":" + meta.partition() + ":" + meta.offset())
                .orElse("unknown");
        LOG.error("table record ignored reason={} source={}", reason, at);
        metrics.tableError(table.name(), reason);
    }
}
