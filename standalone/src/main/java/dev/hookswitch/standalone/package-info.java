/** Every role and an embedded broker in one process, and the command line around them. */
@NullMarked
package dev.hookswitch.standalone;

import org.jspecify.annotations.NullMarked;
