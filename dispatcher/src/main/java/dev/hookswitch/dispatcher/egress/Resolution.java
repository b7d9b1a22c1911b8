package dev.hookswitch.dispatcher.egress;

import java.net.InetAddress;
import java.util.List;

/** What became of a host name. */
public sealed interface Resolution {
    /** Addresses that a connection may be opened to, at least one. */
    record Resolved(List<InetAddress> addresses) implements Resolution {
        public Resolved {
            addresses = List.copyOf(addresses);
        }

        /** The address for the n-th attempt, from 1: later attempts try later addresses. */
        public InetAddress forAttempt(int attempt) {
            return addresses.get((attempt - 1) % addresses.size());
        }
    }

    /** The name has no address. */
    record NotFound() implements Resolution {}

    /** The look-up ran, and brought no answer in time. */
    record NotInTime() implements Resolution {}

    /** No look-up was made in time because too many others run: our own trouble, not the name's. */
    record Busy() implements Resolution {}

    /** At least one address must not be called, so none is. */
    record Denied() implements Resolution {}
}
