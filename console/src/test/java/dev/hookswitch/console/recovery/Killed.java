package dev.hookswitch.console.recovery;

/** Stands for the end of a process: nobody catches it. */
final class Killed extends Error {
    private static final long serialVersionUID = 1L;
}
