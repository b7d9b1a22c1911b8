package dev.hookswitch.console.changes;

/** A change that was not made, because others made changes at the same time, again and again. */
public final class ChangesRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangesRefused() {
        super("others made changes at the same time, again and again; nothing was changed, try again");
    }
}
