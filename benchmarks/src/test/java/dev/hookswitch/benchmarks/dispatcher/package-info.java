/** Tests of statistics, goals and tables. */
@NullMarked
package dev.hookswitch.benchmarks.dispatcher;

import org.jspecify.annotations.NullMarked;
