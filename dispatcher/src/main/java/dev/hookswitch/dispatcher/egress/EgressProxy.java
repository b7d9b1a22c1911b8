package dev.hookswitch.dispatcher.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.config.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy through which everything goes.
 *
 * @param at where it listens
 * @param authorization what it is shown, the value of Proxy-Authorization; a secret
 */
public record EgressProxy(OwnService at, @Nullable String authorization) {
    private static final String PROXY = "egress.proxy";
    private static final String USER = "egress.proxy.user";
    private static final String PASSWORD = "egress.proxy.password";

    /** Reads {@code egress.proxy}, {@code egress.proxy.user} and {@code egress.proxy.password}; nothing for no proxy. */
    public static Optional<EgressProxy> read(SettingsReader reader) {
        Optional<String> url = reader.optionalText(PROXY);
        Optional<String> user = reader.optionalText(USER);
        Optional<String> password = reader.optionalText(PASSWORD);
        if (url.isEmpty() && (user.isPresent() || password.isPresent())) {
            reader.problem(PROXY, "must be set when " + USER + " or " + PASSWORD + " is");
        }
        if (password.isPresent() && user.isEmpty()) {
            reader.problem(USER, "must be set when " + PASSWORD + " is");
        }
        if (user.orElse("").contains(":")) {
            reader.problem(USER, "must not have a colon (RFC 7617)");
        }
        return url.flatMap(text -> service(reader, text))
                .map(at -> new EgressProxy(
                        at, user.map(name -> basic(name, password.orElse(""))).orElse(null)));
    }

    /** Never repeats the text: somebody may have put a password into it. */
    private static Optional<OwnService> service(SettingsReader reader, String text) {
        try {
            URI uri = new URI(text).parseServerAuthority();
            boolean plain = "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() <= 65_535
                    && uri.getRawUserInfo() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (plain) {
                String host = uri.getHost();
                return Optional.of(new OwnService(
                        host.startsWith("[") ? host.substring(1, host.length() - 1) : host, uri.getPort()));
            }
        } catch (URISyntaxException e) {
            // Reported below with the rule.
        }
        reader.problem(
                PROXY,
                "must be http://host:port and nothing else; user and password belong in " + USER + " and " + PASSWORD);
        return Optional.empty();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "http://" + at.host() + ":" + at.port() + (authorization == null ? "" : " with a user");
    }
}
