/** The benchmark of the dispatcher: scenarios, windows that take turns, ratios and the report. */
@NullMarked
package dev.hookswitch.benchmarks.dispatcher;

import org.jspecify.annotations.NullMarked;
