/** Tests of the role as a whole. */
@NullMarked
package dev.hookswitch.retry;

import org.jspecify.annotations.NullMarked;
