/** Tests of the command line. */
@NullMarked
package dev.hookswitch.benchmarks;

import org.jspecify.annotations.NullMarked;
