/**
 * The demonstration: receivers of several tempers, vendors' events, and a table of what was promised and what was seen.
 * Signatures and schedules are written down here a second time on purpose: a check that asks the code under check is none.
 */
@NullMarked
package dev.hookswitch.standalone.demo;

import org.jspecify.annotations.NullMarked;
