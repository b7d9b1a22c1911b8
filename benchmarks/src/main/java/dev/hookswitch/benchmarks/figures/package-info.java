/** How figures are summed up and shown: medians, tables and line charts. */
@NullMarked
package dev.hookswitch.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
