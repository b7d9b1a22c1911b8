/** The endpoints as the topics describe them at this moment, secrets opened. */
@NullMarked
package dev.hookswitch.dispatcher.directory;

import org.jspecify.annotations.NullMarked;
