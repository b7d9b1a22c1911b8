/** Tests of the whole: the architecture, and events all the way to receivers. */
@NullMarked
package dev.hookswitch.standalone;

import org.jspecify.annotations.NullMarked;
