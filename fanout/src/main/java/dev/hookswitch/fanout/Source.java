package dev.hookswitch.fanout;

/**
 * Where a record of {@code events} stands.
 *
 * @param topic the topic's name
 * @param partition of the topic
 * @param offset in the partition
 */
record Source(String topic, int partition, long offset) {

    /** Reads {@link #text()} back. */
    static Source parse(String text) {
        int second = text.lastIndexOf(':');
        int first = text.lastIndexOf(':', second - 1);
        return new Source(
                text.substring(0, first),
                Integer.parseInt(text.substring(first + 1, second)),
                Long.parseLong(text.substring(second + 1)));
    }

    /** {@code topic:partition:offset}. */
    String text() {
        return topic + ":" + partition + ":" + offset;
    }
}
