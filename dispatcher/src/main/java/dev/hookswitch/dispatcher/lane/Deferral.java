package dev.hookswitch.dispatcher.lane;

/** Why a delivery is put off without a POST; the lower-case name is a tag of the meter. */
public enum Deferral {
    /** Its endpoint has as much in flight as it may. */
    BUSY,
    /** Its endpoint has had as many as its limit gives it for now. */
    LIMITED,
    /** The directory does not know its endpoint, or not this activation of it. */
    NOT_KNOWN,
    /** Our own side cannot send it now: the row's result says {@code internal}. */
    INTERNAL
}
