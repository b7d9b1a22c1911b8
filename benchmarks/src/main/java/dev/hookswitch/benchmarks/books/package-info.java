/** The books of a run: what became of each delivery, by what was committed and by what the receiver saw. */
@NullMarked
package dev.hookswitch.benchmarks.books;

import org.jspecify.annotations.NullMarked;
