/** What the commands of all benchmarks share: options, the lines while a run goes on, and the report at its end. */
@NullMarked
package dev.hookswitch.benchmarks.command;

import org.jspecify.annotations.NullMarked;
