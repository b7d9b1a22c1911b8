package dev.hookswitch.dispatcher.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What belongs to the deployment itself, as it was when last looked at.
 *
 * @param interfaces this machine's addresses
 * @param names of services, as they are configured or as the cluster says
 * @param services where those names lead
 * @param hosts the addresses of services
 * @param portsHere the ports of services on this machine
 */
record OwnNetwork(
        Set<InetAddress> interfaces,
        Set<Service> names,
        Set<InetSocketAddress> services,
        Set<InetAddress> hosts,
        Set<Integer> portsHere) {
    static final OwnNetwork UNKNOWN = of(Set.of(), Set.of(), Set.of());

    static OwnNetwork of(Set<InetAddress> interfaces, Set<Service> names, Set<InetSocketAddress> services) {
        return new OwnNetwork(
                Set.copyOf(interfaces),
                Set.copyOf(names),
                Set.copyOf(services),
                services.stream().map(InetSocketAddress::getAddress).collect(Collectors.toUnmodifiableSet()),
                services.stream()
                        .filter(service -> isHere(service.getAddress(), interfaces))
                        .map(InetSocketAddress::getPort)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the address is this machine's, or one on which a service listens. */
    boolean has(InetAddress address) {
        return isHere(address, interfaces) || hosts.contains(address);
    }

    /** Whether a service listens there. One on this machine may listen on all of its addresses, 127.0.0.2 among them. */
    boolean serves(InetAddress address, int port) {
        return (hosts.contains(address) && services.contains(new InetSocketAddress(address, port)))
                || (portsHere.contains(port) && isHere(address, interfaces));
    }

    private static boolean isHere(InetAddress address, Set<InetAddress> interfaces) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || interfaces.contains(address);
    }

    /** For the log. */
    @Override
    public String toString() {
        String listening = services.stream()
                .map(service -> service.getAddress().getHostAddress() + ":" + service.getPort())
                .sorted()
                .collect(Collectors.joining(","));
        return "interfaces=" + interfaces.size() + " services=" + listening;
    }
}
