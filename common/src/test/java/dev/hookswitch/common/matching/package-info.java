/** Tests of who gets an event. */
@NullMarked
package dev.hookswitch.common.matching;

import org.jspecify.annotations.NullMarked;
