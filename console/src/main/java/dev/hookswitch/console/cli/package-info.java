/** The command line for endpoints, topics and the key ring. */
@NullMarked
package dev.hookswitch.console.cli;

import org.jspecify.annotations.NullMarked;
