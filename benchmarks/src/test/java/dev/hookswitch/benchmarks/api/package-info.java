/** Tests of {@code bench api}. */
@NullMarked
package dev.hookswitch.benchmarks.api;

import org.jspecify.annotations.NullMarked;
