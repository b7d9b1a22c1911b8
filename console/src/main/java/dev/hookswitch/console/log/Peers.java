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
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the console that has a partition. Safe for many threads. */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    /** One that hangs must not hold every thread that answers requests. */
    private static final int AT_ONE_TIME = 16;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final Map<URI, Semaphore> asking = new ConcurrentHashMap<>();
    private final PeerSettings settings;
    private final Owners owners;
    private final Duration limit;

    /** @param limit how long another one may take to answer */
    Peers(PeerSettings settings, Owners owners, Duration limit) {
        this.settings = settings;
        this.owners = owners;
        this.limit = limit;
    }

    /**
     * Asks the one that has it; after a change of hands, which shows by its answer, the next one.
     *
     * @throws LogUnavailable when nobody answers
     */
    Answer ask(int partition, Ask ask) {
        Optional<URI> first = other(partition);
        Reply reply = first.map(url -> ask(url, ask)).orElse(Reply.NONE);
        if (reply.answer == null) {
            owners.refresh();
            Optional<URI> next = other(partition);
            // One that hangs is not asked twice.
            if (!reply.hangs || !next.equals(first)) {
                reply = next.map(url -> ask(url, ask)).orElse(Reply.NONE);
            }
        }
        if (reply.answer == null) {
            throw new LogUnavailable(
                    Reason.UNREACHABLE, RETRY_AFTER, "the console that has the log of this endpoint does not answer");
        }
        return reply.answer.orThrow();
    }

    /** Who has it. Not we, whatever was written when we had it. */
    private Optional<URI> other(int partition) {
        return owners.of(partition)
                .filter(url -> settings.url().filter(url::equals).isEmpty());
    }

    /**
     * What another one said.
     *
     * @param answer null when it has not the partition, or said nothing
     * @param hangs whether it said nothing in the time it has
     */
    private record Reply(@Nullable Answer answer, boolean hangs) {
        static final Reply NONE = new Reply(null, false);
        static final Reply HANGS = new Reply(null, true);
    }

    private Reply ask(URI url, Ask ask) {
        Semaphore turn = asking.computeIfAbsent(url, any -> new Semaphore(AT_ONE_TIME));
        if (!turn.tryAcquire()) {
            return Reply.HANGS;
        }
        try {
            return read(url, http.send(request(url, ask), BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.HANGS;
        } catch (HttpTimeoutException e) {
            LOG.warn("console {} does not answer about the delivery log in time", url);
            return Reply.HANGS;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("console {} does not answer about the delivery log: {}", url, e.toString());
            return Reply.NONE;
        } finally {
            turn.release();
        }
    }

    private HttpRequest request(URI url, Ask ask) {
        return HttpRequest.newBuilder(url.resolve(PeerServer.PATH))
                .timeout(limit)
                .header("Authorization", PeerServer.authorization(settings.secret()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Wire.write(ask)))
                .build();
    }

    private static Reply read(URI url, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 200 || status == 503) {
            return new Reply(Wire.read(response.body(), Answer.class), false);
        }
        if (status != 421) {
            LOG.error(
                    "console {} answers {} about the delivery log{}",
                    url,
                    status,
                    status == 401 ? ": console.peers.secret differs" : "");
        }
        return Reply.NONE;
    }
}
