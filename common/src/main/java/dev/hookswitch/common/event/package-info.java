/** A domain event as producers publish it, and why one may be refused. */
@NullMarked
package dev.hookswitch.common.event;

import org.jspecify.annotations.NullMarked;
