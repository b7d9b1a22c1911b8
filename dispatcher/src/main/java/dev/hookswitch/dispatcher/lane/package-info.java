/** A lane: one thread, one consumer, one transactional producer; what is read, in flight, done and committed. */
@NullMarked
package dev.hookswitch.dispatcher.lane;

import org.jspecify.annotations.NullMarked;
