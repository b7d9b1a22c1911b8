package dev.hookswitch.dispatcher.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * One POST, ready to go.
 *
 * @param secure whether over TLS
 * @param host the name that the URL has, for Host, SNI and the certificate
 * @param port of the URL
 * @param pathAndQuery as sent in the request line
 * @param address the checked address to connect to
 * @param headers beside Host and Content-Length, which the client adds
 * @param body the exact bytes
 * @param deadline for everything from now to the response's headers
 */
public record HttpPost(
        boolean secure,
        String host,
        int port,
        String pathAndQuery,
        InetAddress address,
        List<Field> headers,
        byte[] body,
        Duration deadline) {

    /** A header field. */
    public record Field(String name, String value) {}
}
