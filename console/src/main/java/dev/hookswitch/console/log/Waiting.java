package dev.hookswitch.console.log;

/**
 * What a delivery waits for.
 *
 * @param attempt the number of the attempt that comes next
 * @param tier the delay topic that it is in, for instance {@code 30s}
 * @param dueAtMs when it leaves that topic, epoch milliseconds; a busy endpoint may put it off once more
 * @param putOff whether it was put off without an attempt, as at a busy or limited endpoint
 */
public record Waiting(int attempt, String tier, long dueAtMs, boolean putOff) {}
