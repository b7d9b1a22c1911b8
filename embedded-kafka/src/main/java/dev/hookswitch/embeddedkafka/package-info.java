/**
 * A single-node Kafka (KRaft broker and controller) inside this JVM. It is the only code that touches the broker's
 * internal classes, which may change in any release of Kafka.
 */
@NullMarked
package dev.hookswitch.embeddedkafka;

import org.jspecify.annotations.NullMarked;
