package dev.hookswitch.dispatcher.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What belongs to the deployment itself, as it was when last looked at.
 *
 * @param interfaces this machine's addresses
 * @param services brokers and proxy by the names that they have, and where those lead
 * @param sockets of the services
 * @param hosts the addresses of services
 * @param portsHere the ports of services on this machine
 */
record OwnNetwork(
        Set<InetAddress> interfaces,
        Map<OwnService, List<InetAddress>> services,
        Set<InetSocketAddress> sockets,
        Set<InetAddress> hosts,
        Set<Integer> portsHere) {
    static final OwnNetwork UNKNOWN = of(Set.of(), Map.of());

    static OwnNetwork of(Set<InetAddress> interfaces, Map<OwnService, List<InetAddress>> services) {
        Set<InetSocketAddress> sockets = services.entrySet().stream()
                .flatMap(service -> service.getValue().stream()
                        .map(address ->
                                new InetSocketAddress(address, service.getKey().port())))
                .collect(Collectors.toUnmodifiableSet());
        return new OwnNetwork(
                Set.copyOf(interfaces),
                Map.copyOf(services),
                sockets,
                sockets.stream().map(InetSocketAddress::getAddress).collect(Collectors.toUnmodifiableSet()),
                sockets.stream()
                        .filter(socket -> isHere(socket.getAddress(), interfaces))
                        .map(InetSocketAddress::getPort)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the address is this machine's, or one on which a service listens. */
    boolean has(InetAddress address) {
        return isHere(address, interfaces) || hosts.contains(address);
    }

    /** Whether there may be a way: an interface has an address of the same family that leads beyond its link. */
    boolean mayReach(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || interfaces.stream()
                        .anyMatch(ours -> ours.getAddress().length == address.getAddress().length
                                && !ours.isLoopbackAddress()
                                && !ours.isLinkLocalAddress());
    }

    /** Whether a service listens there. One on this machine may listen on all of its addresses, 127.0.0.2 among them. */
    boolean serves(InetAddress address, int port) {
        return (hosts.contains(address) && sockets.contains(new InetSocketAddress(address, port)))
                || (portsHere.contains(port) && isHere(address, interfaces));
    }

    private static boolean isHere(InetAddress address, Set<InetAddress> interfaces) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || interfaces.contains(address);
    }

    /** For the log. */
    @Override
    public String toString() {
        String listening = sockets.stream()
                .map(socket -> socket.getAddress().getHostAddress() + ":" + socket.getPort())
                .sorted()
                .collect(Collectors.joining(","));
        return "interfaces=" + interfaces.size() + " services=" + listening;
    }
}
