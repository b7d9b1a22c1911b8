/** Tests of what the commands share. */
@NullMarked
package dev.hookswitch.benchmarks.command;

import org.jspecify.annotations.NullMarked;
