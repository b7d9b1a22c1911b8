package dev.hookswitch.console.recovery;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A delivery that is to be put once more.
 *
 * @param retried what becomes true when the record is written
 * @param record to be written
 */
public record PreparedRetry(Retried retried, ProducerRecord<byte[], byte[]> record) {}
