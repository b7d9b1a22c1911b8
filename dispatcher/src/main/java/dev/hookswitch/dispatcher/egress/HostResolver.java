package dev.hookswitch.dispatcher.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks a name up; may block. */
@FunctionalInterface
public interface HostResolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
}
