package dev.hookswitch.benchmarks.crash;

import java.util.Locale;

/** What happens to a dispatcher under load. */
enum Fault {
    /** SIGKILL. */
    KILL,
    /** SIGTERM. */
    TERM,
    /** SIGSTOP until another has taken over, then SIGCONT. */
    ZOMBIE,
    /** A second one with the same instance name, and so with the same transactional ids. */
    TWIN,
    /** Nothing, until everything has ended. */
    NONE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
