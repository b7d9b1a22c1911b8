/** {@code bench api}: how fast the delivery log answers over HTTP when there is very much in it. */
@NullMarked
package dev.hookswitch.benchmarks.api;

import org.jspecify.annotations.NullMarked;
