/** How this project configures Kafka clients, and reads whole compacted topics. */
@NullMarked
package dev.hookswitch.common.kafka;

import org.jspecify.annotations.NullMarked;
