package dev.hookswitch.dispatcher.http;

import java.util.function.Consumer;

/** Sends POSTs. Safe for several threads. */
public interface HttpSender extends AutoCloseable {

    /**
     * Sends once and never again by itself.
     *
     * @param whenDone called exactly once, on a thread of the sender, at the status line, the failure or the deadline; must
     *     be quick
     */
    void send(HttpPost post, Consumer<SendResult> whenDone);

    /** Whether it can still send. */
    boolean alive();

    @Override
    void close();
}
