/** What is sent and to whom, and the contenders that are measured, each as a process of its own. */
@NullMarked
package dev.hookswitch.benchmarks.load;

import org.jspecify.annotations.NullMarked;
