/** Tests of the proof by crashes, above all that it notices what it is there for. */
@NullMarked
package dev.hookswitch.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
