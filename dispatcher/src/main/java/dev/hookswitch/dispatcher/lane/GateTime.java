package dev.hookswitch.dispatcher.lane;

/**
 * A moment, on the clocks that a gate needs.
 *
 * @param nanos monotonic
 * @param calmNanos monotonic, and stands still while the lane itself is held up: that is no fault of an endpoint
 * @param epochMs epoch milliseconds, for what other processes read
 */
record GateTime(long nanos, long calmNanos, long epochMs) {}
