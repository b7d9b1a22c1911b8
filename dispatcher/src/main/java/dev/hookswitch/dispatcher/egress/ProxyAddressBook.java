package dev.hookswitch.dispatcher.egress;

import dev.hookswitch.common.egress.EndpointUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Leads every URL to the proxy, and no socket elsewhere. The proxy looks names up, so it must refuse what they must not
 * lead to; what can be judged without a look-up is judged here: addresses in URLs, and names of the deployment's own.
 */
public final class ProxyAddressBook implements AddressBook {
    private final EgressGuard guard;
    private final OwnService proxy;

    public ProxyAddressBook(EgressGuard guard, OwnService proxy) {
        this.guard = guard;
        this.proxy = proxy;
    }

    @Override
    public CompletableFuture<Resolution> resolve(EndpointUrl url, Duration left) {
        return CompletableFuture.completedFuture(find(url));
    }

    private Resolution find(EndpointUrl url) {
        Optional<byte[]> literal = url.literalAddress();
        boolean denied = literal.isPresent()
                ? !guard.allows(address(literal.get()), url.port())
                : guard.isOwnService(url.host(), url.port());
        if (denied) {
            return new Resolution.Denied();
        }
        List<InetAddress> at = guard.addresses(proxy);
        return at.isEmpty() ? new Resolution.Busy() : new Resolution.Resolved(at);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    /** Only the proxy. */
    @Override
    public boolean mayConnect(InetSocketAddress address) {
        return address.getAddress() != null
                && address.getPort() == proxy.port()
                && guard.addresses(proxy).contains(address.getAddress());
    }
}
