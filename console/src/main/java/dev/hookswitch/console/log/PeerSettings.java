package dev.hookswitch.console.log;

import dev.hookswitch.common.config.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the consoles of a deployment reach each other.
 *
 * @param url where the others reach this one; nothing when it is alone
 * @param host where it listens
 * @param port where it listens
 * @param secret that all of them share
 */
record PeerSettings(Optional<URI> url, String host, int port, String secret) {
    private static final int LEAST_SECRET_CHARS = 16;

    static PeerSettings read(SettingsReader reader) {
        Optional<URI> url = reader.optionalText("console.peers.url").flatMap(text -> url(reader, text));
        String secret = reader.optionalText("console.peers.secret").orElse("");
        if (url.isPresent() && secret.length() < LEAST_SECRET_CHARS) {
            reader.problem(
                    "console.peers.secret",
                    "must have at least " + LEAST_SECRET_CHARS + " characters when console.peers.url is set");
        }
        return new PeerSettings(
                url, reader.text("console.peers.host"), reader.integer("console.peers.port", 0, 65_535), secret);
    }

    private static Optional<URI> url(SettingsReader reader, String text) {
        URI url = parsed(text);
        if (url == null
                || url.getHost() == null
                || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                || !(url.getPath().isEmpty() || url.getPath().equals("/"))
                || url.getUserInfo() != null
                || url.getQuery() != null) {
            reader.problem("console.peers.url", "must be as http://host:port, was: " + text);
            return Optional.empty();
        }
        return Optional.of(url);
    }

    static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "PeerSettings[url=" + url + ", host=" + host + ", port=" + port + "]";
    }
}
