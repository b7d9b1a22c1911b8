/**
 * The delivery log: what became of each delivery, newest first for each endpoint. {@link dev.hookswitch.console.log.DeliveryLog}
 * is what callers know; {@link dev.hookswitch.console.log.KafkaDeliveryLog} needs nothing but Kafka and a folder.
 */
@NullMarked
package dev.hookswitch.console.log;

import org.jspecify.annotations.NullMarked;
