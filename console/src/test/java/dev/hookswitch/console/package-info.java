/** What the console's tests share. */
@NullMarked
package dev.hookswitch.console;

import org.jspecify.annotations.NullMarked;
