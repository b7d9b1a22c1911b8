package dev.hookswitch.console.log;

import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.log.LogUnavailable.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks the console that has a partition. Safe for many threads. */
final class Peers {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final PeerSettings settings;
    private final Owners owners;

    Peers(PeerSettings settings, Owners owners) {
        this.settings = settings;
        this.owners = owners;
    }

    /**
     * Asks the one that has it; after a change of hands, which shows by its answer, the next one.
     *
     * @throws LogUnavailable when nobody answers
     */
    Answer ask(int partition, Ask ask) {
        Optional<URI> first = owners.of(partition);
        Optional<Answer> answer = first.flatMap(url -> ask(url, ask));
        if (answer.isEmpty()) {
            owners.refresh();
            answer = owners.of(partition).filter(url -> !isUs(url)).flatMap(url -> ask(url, ask));
        }
        return answer.orElseThrow(Peers::nobody).orThrow();
    }

    /** We have not the partition, whatever was written when we had it. */
    private boolean isUs(URI url) {
        return settings.url().filter(url::equals).isPresent();
    }

    private Optional<Answer> ask(URI url, Ask ask) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(PeerServer.PATH))
                .timeout(LIMIT)
                .header("Authorization", PeerServer.authorization(settings.secret()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Wire.write(ask)))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return switch (response.statusCode()) {
                case 200, 503 -> Optional.of(Wire.read(response.body(), Answer.class));
                case 401 -> throw new IllegalStateException(url + " does not take console.peers.secret");
                default -> Optional.empty();
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw nobody();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static LogUnavailable nobody() {
        return new LogUnavailable(
                Reason.UNREACHABLE, RETRY_AFTER, "the console that has the log of this endpoint does not answer");
    }
}
