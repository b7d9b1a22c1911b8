/**
 * Who gets an event: the endpoints of every tenant as two compacted topics tell of them, and the decision whether an event is
 * fit for any. For those who make deliveries, and for those who say beforehand what will become of an event.
 */
@NullMarked
package dev.hookswitch.common.matching;

import org.jspecify.annotations.NullMarked;
