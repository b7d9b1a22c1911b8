/** The role that releases due retries and counts what endpoints fail. */
@NullMarked
package dev.hookswitch.retry;

import org.jspecify.annotations.NullMarked;
