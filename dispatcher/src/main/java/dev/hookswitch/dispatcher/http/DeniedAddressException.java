package dev.hookswitch.dispatcher.http;

import java.io.IOException;

/** A connection that was about to go, or went, to an address that must not be called. */
final class DeniedAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    DeniedAddressException() {
        super("the address must not be called");
    }
}
