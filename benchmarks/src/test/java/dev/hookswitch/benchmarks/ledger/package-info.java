/** Tests of the receiver with a ledger. */
@NullMarked
package dev.hookswitch.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
