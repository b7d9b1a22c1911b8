package dev.hookswitch.ingest;

import dev.hookswitch.common.event.DomainEvent;

/**
 * An event that is well made.
 *
 * @param event as it reads
 * @param bytes as it came
 */
record Incoming(DomainEvent event, byte[] bytes) {}
