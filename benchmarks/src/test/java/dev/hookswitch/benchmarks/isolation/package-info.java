/** Tests of the proof of isolation. */
@NullMarked
package dev.hookswitch.benchmarks.isolation;

import org.jspecify.annotations.NullMarked;
