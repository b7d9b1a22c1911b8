/** Tests of what is sent, and of the processes that send. */
@NullMarked
package dev.hookswitch.benchmarks.load;

import org.jspecify.annotations.NullMarked;
