/** The other end: a cheap HTTP server with many addresses, as a process of its own. */
@NullMarked
package dev.hookswitch.benchmarks.receiver;

import org.jspecify.annotations.NullMarked;
