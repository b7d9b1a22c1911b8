/** The benchmark of the dispatcher: scenarios, interleaved rounds, ratios and the report. */
@NullMarked
package dev.hookswitch.benchmarks.dispatcher;

import org.jspecify.annotations.NullMarked;
