/** Tests of the proof by killed recoveries. */
@NullMarked
package dev.hookswitch.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
