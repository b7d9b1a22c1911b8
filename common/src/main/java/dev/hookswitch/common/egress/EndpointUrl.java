package dev.hookswitch.common.egress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL that an endpoint may have. {@link URI} is its only parser (RFC 3986 with an ASCII host), so that what is checked
 * is what is called. Whether its address may be called is {@link AddressPolicy}'s to say.
 */
public final class EndpointUrl {
    /** The longest URL, in characters. */
    public static final int MAX_CHARS = 2_048;

    private static final int MAX_HOST_CHARS = 253;
    private static final int MAX_LABEL_CHARS = 63;
    /** What the WHATWG URL standard takes for an IPv4 address. */
    private static final Pattern NUMBER_AT_END = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

    /**
     * Ports of services that are not HTTP and would take a request for something else: echo, discard, chargen, ftp, ssh,
     * telnet, smtp, dns, finger, pop3, portmapper, nntp, smb, imap, bgp, ldap, r-services, printer, submission, rsync, nfs,
     * zookeeper, mysql, remote desktop, sip, postgresql, redis, irc, kafka, memcached, mongodb.
     */
    private static final int[] OTHER_SERVICES = {
        7, 9, 19, 20, 21, 22, 23, 25, 53, 79, 110, 111, 119, 135, 137, 139, 143, 179, 389, 445, 465, 512, 513, 514, 515,
        587, 636, 873, 989, 990, 993, 995, 2049, 2181, 3306, 3389, 5060, 5061, 5432, 6379, 6667, 9092, 11211, 27017
    };

    private final String scheme;
    private final String host;
    private final int port;
    private final String pathAndQuery;
    private final byte @Nullable [] literal;

    private EndpointUrl(String scheme, String host, int port, String pathAndQuery, byte @Nullable [] literal) {
        this.scheme = scheme;
        this.host = host;
        this.port = port;
        this.pathAndQuery = pathAndQuery;
        this.literal = literal;
    }

    /**
     * Checks a URL.
     *
     * @param allowHttp whether plain http is accepted
     * @param allowedNames lower-case host names that are accepted although they look internal
     * @throws IllegalArgumentException naming the rule that it breaks; repeats at most its host and port
     */
    public static EndpointUrl parse(String text, boolean allowHttp, Set<String> allowedNames) {
        checkCharacters(text);
        URI uri = uri(text);
        String scheme = scheme(uri, allowHttp);
        check(uri.getRawFragment() == null, "must not have a fragment (#)");
        String authority = uri.getRawAuthority();
        check(authority != null, "must have a host");
        check(authority == null || authority.indexOf('@') < 0, "must not have user info (@)");
        String host = host(uri);
        check(!host.endsWith("."), "must not have a host with a dot at its end, was: " + host);
        byte[] literal = literal(host);
        if (literal == null) {
            checkName(host, allowedNames);
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery();
        return new EndpointUrl(
                scheme,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port(uri, scheme),
                query == null ? path : path + "?" + query,
                literal);
    }

    private static void checkCharacters(String text) {
        check(!text.isEmpty(), "must not be empty");
        check(text.length() <= MAX_CHARS, "must have at most " + MAX_CHARS + " characters, has " + text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            check(c < 0x7f, "must be ASCII, has something else at character " + (i + 1));
            check(c > ' ' && c != '\\', "must not have white space, control characters or backslashes");
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw refused("must be a URL by RFC 3986: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
    }

    private static String scheme(URI uri, boolean allowHttp) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        check(scheme.equals("https") || scheme.equals("http"), "must begin with https://");
        check(allowHttp || scheme.equals("https"), "must begin with https://, plain http is not accepted");
        return scheme;
    }

    private static String host(URI uri) {
        try {
            uri.parseServerAuthority();
        } catch (URISyntaxException e) {
            throw refused(
                    "must have a host that is a name of letters, digits and inner hyphens, four decimal bytes or a"
                            + " bracketed IPv6 address, and a port of digits; was: " + uri.getRawAuthority());
        }
        String host = uri.getHost();
        if (host == null) {
            throw refused("must have a host");
        }
        return host.toLowerCase(Locale.ROOT);
    }

    private static byte @Nullable [] literal(String host) {
        byte[] address;
        if (host.startsWith("[")) {
            address = AddressText.ipv6(host.substring(1, host.length() - 1));
            check(address != null, "must not have an IPv6 address with a zone, was: " + host);
        } else {
            address = AddressText.ipv4(host);
            check(
                    address != null || !NUMBER_AT_END.matcher(host).matches(),
                    "must have IPv4 addresses as four decimal bytes without leading zeros, was: " + host);
        }
        return address;
    }

    private static void checkName(String host, Set<String> allowedNames) {
        check(host.length() <= MAX_HOST_CHARS, "must have a host of at most " + MAX_HOST_CHARS + " characters");
        for (String label : host.split("\\.", -1)) {
            check(
                    label.length() <= MAX_LABEL_CHARS,
                    "must have host labels of at most " + MAX_LABEL_CHARS + " characters");
        }
        if (!allowedNames.contains(host)) {
            check(host.indexOf('.') > 0, "must have a host with a dot in its name, was: " + host);
            boolean internal = host.endsWith(".localhost") || host.endsWith(".local") || host.endsWith(".internal");
            check(!internal, "must not have an internal host (*.localhost, *.local, *.internal), was: " + host);
        }
    }

    private static int port(URI uri, String scheme) {
        int port = uri.getPort();
        if (port == -1) {
            return scheme.equals("https") ? 443 : 80;
        }
        check(port >= 1 && port <= 65_535, "must have a port from 1 to 65535, was: " + port);
        check(Arrays.binarySearch(OTHER_SERVICES, port) < 0, "must not have the port of another service, was: " + port);
        return port;
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw refused(rule);
        }
    }

    private static IllegalArgumentException refused(String rule) {
        return new IllegalArgumentException("url " + rule);
    }

    /** {@code https} or {@code http}. */
    public String scheme() {
        return scheme;
    }

    public boolean https() {
        return scheme.equals("https");
    }

    /** The name or address in lower case; an IPv6 address without its brackets. */
    public String host() {
        return host;
    }

    /** The port of the URL, or its scheme's. */
    public int port() {
        return port;
    }

    /** The request target: path, {@code /} when the URL has none, and query, both as they were written. */
    public String pathAndQuery() {
        return pathAndQuery;
    }

    /** The address, 4 or 16 bytes, when the host is one and needs no look-up. */
    public Optional<byte[]> literalAddress() {
        return Optional.ofNullable(literal).map(byte[]::clone);
    }

    /** Scheme, host and port. Path and query may hold what only the receiver should see. */
    @Override
    public String toString() {
        return scheme + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
