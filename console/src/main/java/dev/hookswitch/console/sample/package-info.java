/** Samples of events, test deliveries that carry them, and what becomes of these. */
@NullMarked
package dev.hookswitch.console.sample;

import org.jspecify.annotations.NullMarked;
