/** {@code bench crash}: a dispatcher that is killed and stopped again and again loses nothing and repeats little. */
@NullMarked
package dev.hookswitch.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
