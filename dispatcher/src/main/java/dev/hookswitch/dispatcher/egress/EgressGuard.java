package dev.hookswitch.dispatcher.egress;

import dev.hookswitch.common.egress.AddressPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Judges what an endpoint may be: the policy's addresses, less what belongs to this deployment. Asked when a name has been
 * looked up, and once more about each socket. Safe for several threads.
 */
public final class EgressGuard {
    private final AddressPolicy policy;
    private volatile OwnNetwork own = OwnNetwork.UNKNOWN;

    public EgressGuard(AddressPolicy policy) {
        this.policy = policy;
    }

    /** Whether an endpoint may be at this address. */
    public boolean allows(InetSocketAddress address) {
        return address.getAddress() != null && allows(address.getAddress(), address.getPort());
    }

    /** Whether an endpoint may be at this address and port. */
    public boolean allows(InetAddress address, int port) {
        OwnNetwork known = own;
        return policy.allows(address)
                && !known.serves(address, port)
                && (policy.isOpened(address) || !known.has(address));
    }

    /** Whether a host of this name and port is one of the deployment's services; for names that are not looked up here. */
    boolean isOwnService(String host, int port) {
        return own.services().containsKey(new OwnService(host, port));
    }

    /**
     * Those of the addresses to which this machine may have a way; all of them when that would leave none. Where it has no
     * IPv6 but link-local and loopback, an attempt over IPv6 fails at once, and would be charged to the endpoint.
     */
    List<InetAddress> reachable(List<InetAddress> addresses) {
        OwnNetwork known = own;
        List<InetAddress> some = addresses.stream().filter(known::mayReach).toList();
        return some.isEmpty() ? addresses : some;
    }

    /** Where a service of the deployment's is; empty as long as that is not known. */
    List<InetAddress> addresses(OwnService service) {
        return own.services().getOrDefault(service, List.of());
    }

    void know(OwnNetwork known) {
        own = known;
    }
}
