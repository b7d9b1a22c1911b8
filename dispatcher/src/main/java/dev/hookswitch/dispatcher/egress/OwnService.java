package dev.hookswitch.dispatcher.egress;

import java.util.Locale;

/** Where something of the deployment's own listens: a broker or the proxy. */
public record OwnService(String host, int port) {
    public OwnService {
        host = host.toLowerCase(Locale.ROOT);
    }
}
