/** {@code bench retries}: retries come when they are due, however many wait, and after the scheduler or an endpoint was gone. */
@NullMarked
package dev.hookswitch.benchmarks.retries;

import org.jspecify.annotations.NullMarked;
