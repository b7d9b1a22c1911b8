package dev.hookswitch.ingest;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The settings that ingest reads.
 *
 * @param events the topic that it writes
 * @param host where it listens
 * @param port where it listens; 0 for any that is free
 * @param token what producers must send; always there when the host is not loopback
 * @param maxEventBytes the largest event that is taken
 */
record IngestSettings(TopicSpec events, String host, int port, Optional<BearerToken> token, int maxEventBytes) {
    private static final int LARGEST_EVENT_BYTES = 1_048_576;
    private static final String TOKEN = "ingest.token";
    private static final String HOST = "ingest.host";

    /**
     * Reads and checks them.
     *
     * @throws SettingsException naming every problem
     */
    static IngestSettings of(Settings settings) {
        TopicLayout topics = TopicLayout.of(settings);
        TopicSpec events = topics.specs().stream()
                .filter(spec -> spec.name().equals(topics.events()))
                .findFirst()
                .orElseThrow();
        SettingsReader reader = settings.reader();
        IngestSettings read = new IngestSettings(
                events,
                reader.text(HOST),
                reader.integer("ingest.port", 0, 65_535),
                token(reader),
                reader.integer("events.max-bytes", 1, LARGEST_EVENT_BYTES));
        reader.done();
        return read;
    }

    private static Optional<BearerToken> token(SettingsReader reader) {
        Optional<String> text = reader.optionalText(TOKEN);
        if (text.isEmpty()) {
            requireLoopback(reader);
            return Optional.empty();
        }
        try {
            return text.map(BearerToken::new);
        } catch (IllegalArgumentException e) {
            reader.problem(TOKEN, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void requireLoopback(SettingsReader reader) {
        String host = reader.optionalText(HOST).orElse("");
        try {
            if (!Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress)) {
                reader.problem(TOKEN, "must be set, as " + HOST + " " + host + " can be reached from other machines");
            }
        } catch (UnknownHostException e) {
            reader.problem(HOST, "must be an address of this machine or a name that resolves, was: " + host);
        }
    }
}
