/** Tests of the soak. */
@NullMarked
package dev.hookswitch.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
