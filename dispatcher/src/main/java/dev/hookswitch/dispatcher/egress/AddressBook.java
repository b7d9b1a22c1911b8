package dev.hookswitch.dispatcher.egress;

import dev.hookswitch.common.egress.EndpointUrl;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Says to which addresses a connection may be opened for a URL. Safe for several threads. */
@FunctionalInterface
public interface AddressBook {
    /**
     * The addresses to connect to; complete at once where nothing has to be looked up.
     *
     * @param left how long the caller can wait: the answer is there by then, whatever a name server does
     */
    CompletableFuture<Resolution> resolve(EndpointUrl url, Duration left);

    /** The last check, of a socket that is about to connect or has: whether it may, for any URL. No, if nobody says so. */
    default boolean mayConnect(InetSocketAddress address) {
        return false;
    }
}
