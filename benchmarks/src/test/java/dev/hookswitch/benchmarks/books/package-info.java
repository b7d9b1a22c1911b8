/** Tests of the books. */
@NullMarked
package dev.hookswitch.benchmarks.books;

import org.jspecify.annotations.NullMarked;
