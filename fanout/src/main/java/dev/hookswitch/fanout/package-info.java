/**
 * The fan-out role: Kafka Streams joins events with the endpoints of their tenant and writes one delivery for each, whose
 * value is the exact body. What cannot be an event goes to the dead letters and the partition moves on.
 */
@NullMarked
package dev.hookswitch.fanout;

import org.jspecify.annotations.NullMarked;
