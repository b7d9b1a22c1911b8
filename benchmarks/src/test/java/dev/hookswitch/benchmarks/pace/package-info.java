/** Tests of the paced producer. */
@NullMarked
package dev.hookswitch.benchmarks.pace;

import org.jspecify.annotations.NullMarked;
