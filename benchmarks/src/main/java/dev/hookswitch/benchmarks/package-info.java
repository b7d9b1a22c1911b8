/** The command line of the benchmarks. */
@NullMarked
package dev.hookswitch.benchmarks;

import org.jspecify.annotations.NullMarked;
