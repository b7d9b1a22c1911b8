/** Tests of the receiver. */
@NullMarked
package dev.hookswitch.benchmarks.receiver;

import org.jspecify.annotations.NullMarked;
