package dev.hookswitch.fanout;

import org.apache.kafka.streams.processor.api.Record;

/**
 * A record of {@code events} as it came, the same whether it is read there or has been moved since.
 *
 * @param record with its own key, headers and timestamp
 * @param source where it stands in {@code events}
 * @param moved whether it has been moved to its tenant's partition
 */
record Publication(Record<byte[], byte[]> record, Source source, boolean moved) {}
