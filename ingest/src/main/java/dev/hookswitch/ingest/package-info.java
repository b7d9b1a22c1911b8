/** The role that takes events over HTTP from services that cannot reach Kafka. */
@NullMarked
package dev.hookswitch.ingest;

import org.jspecify.annotations.NullMarked;
