/** A producer that keeps to a timetable: what is late was late in the system, not in the measurement. */
@NullMarked
package dev.hookswitch.benchmarks.pace;

import org.jspecify.annotations.NullMarked;
