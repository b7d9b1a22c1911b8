package dev.hookswitch.benchmarks.books;

/**
 * Deliveries to bad endpoints at a moment.
 *
 * @param ended with an outcome
 * @param tried at least once, and waiting for the next attempt or under way
 * @param putOff and never tried
 * @param unread about which nothing is written yet
 */
public record Standing(long ended, long tried, long putOff, long unread) {
    /** How many there were. */
    public long all() {
        return ended + tried + putOff + unread;
    }
}
