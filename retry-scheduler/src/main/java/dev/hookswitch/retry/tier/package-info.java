/** Delay tiers: records wait in a topic of one fixed delay and are copied to {@code deliveries-due} when they are due. */
@NullMarked
package dev.hookswitch.retry.tier;

import org.jspecify.annotations.NullMarked;
