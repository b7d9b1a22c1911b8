/** Tests of the fan-out: its decisions, its topology without a broker, and the role on a broker. */
@NullMarked
package dev.hookswitch.fanout;

import org.jspecify.annotations.NullMarked;
