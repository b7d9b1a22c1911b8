/** Tests of what {@code bench retries} makes of what it measures. */
@NullMarked
package dev.hookswitch.benchmarks.retries;

import org.jspecify.annotations.NullMarked;
