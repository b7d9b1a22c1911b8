package dev.hookswitch.dispatcher.lane;

/**
 * A moment, on the clocks that a gate needs.
 *
 * @param nanos monotonic
 * @param epochMs epoch milliseconds, for what other processes read
 */
record GateTime(long nanos, long epochMs) {}
