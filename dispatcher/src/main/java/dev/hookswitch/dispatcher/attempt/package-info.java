/** Pure decisions about one attempt: what a result means, and what follows from it. */
@NullMarked
package dev.hookswitch.dispatcher.attempt;

import org.jspecify.annotations.NullMarked;
