/** Processes that a benchmark starts: how they are told what to do, what they answer, and that none outlives it. */
@NullMarked
package dev.hookswitch.benchmarks.process;

import org.jspecify.annotations.NullMarked;
