/**
 * Endpoint health: counts consecutive failures from {@code delivery-attempts} and writes {@code endpoint-status}
 * and {@code endpoint-events}.
 */
@NullMarked
package dev.hookswitch.retry.health;

import org.jspecify.annotations.NullMarked;
