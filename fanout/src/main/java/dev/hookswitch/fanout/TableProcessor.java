package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.matching.IndexTable;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the index from a compacted topic. Never throws, since an exception here would end the whole client: what cannot be
 * understood is ignored, so that the endpoint stays as it was last known. Runs while Kafka Streams restores, too, which
 * makes the index whole before the first event.
 */
final class TableProcessor extends ContextualProcessor<byte[], byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(TableProcessor.class);

    private final IndexTable table;
    private final FanoutMetrics metrics;

    TableProcessor(IndexTable table, FanoutMetrics metrics) {
        this.table = table;
        this.metrics = metrics;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            table.take(record.key() == null ? null : new String(record.key(), UTF_8), record.value());
        } catch (IndexTable.Unreadable e) {
            ignored(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            ignored(e.getClass().getSimpleName());
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
