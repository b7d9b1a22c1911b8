/** A receiver that is a witness: it writes down every POST before it answers, and takes its time to answer. */
@NullMarked
package dev.hookswitch.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
