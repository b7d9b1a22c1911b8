/** The proof that memory and threads stay as they are over a long run with many endpoints. */
@NullMarked
package dev.hookswitch.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
