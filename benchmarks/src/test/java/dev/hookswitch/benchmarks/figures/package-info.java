/** Tests of figures. */
@NullMarked
package dev.hookswitch.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
