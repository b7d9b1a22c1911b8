/**
 * Puts deliveries once more: one by hand, all that an endpoint did not get, or events that it missed. What is put is read
 * again from the log by its place; how far a recovery has come stands in Kafka, beside what it has put.
 */
@NullMarked
package dev.hookswitch.console.recovery;

import org.jspecify.annotations.NullMarked;
