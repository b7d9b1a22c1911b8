/** Proves that a recovery puts each delivery exactly once, however often its process is killed. */
@NullMarked
package dev.hookswitch.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
