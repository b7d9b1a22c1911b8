package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.ApiRequestRow.TestDelivery;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A test delivery that is to be sent.
 *
 * @param test what becomes true when the record is written
 * @param record to be written
 */
public record PreparedTest(TestDelivery test, ProducerRecord<byte[], byte[]> record) {}
