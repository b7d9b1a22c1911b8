package dev.hookswitch.common.service;

/** A role as the process sees it. */
public interface Service extends AutoCloseable {

    /** The role's name, for logs and health. */
    String name();

    /**
     * Starts and returns once the role runs; it may still be catching up, which {@link #health} tells.
     *
     * @throws Exception when it cannot run; the message says what is missing
     */
    void start() throws Exception;

    /** How it is now. Cheap; called by probes. */
    Health health();

    /** Stops cleanly within the role's own limit. May be called without a start, and twice. */
    @Override
    void close();
}
