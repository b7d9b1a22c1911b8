/** Tests of the line between processes. */
@NullMarked
package dev.hookswitch.benchmarks.process;

import org.jspecify.annotations.NullMarked;
