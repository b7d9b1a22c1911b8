package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.ingest.IngestClient.Reply;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What senders that begin and do not end can take from others. */
class SlowBodiesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Door ANY = event -> List.of();

    /** A request that waits for Kafka for longer than a body may take is none of it. */
    @Test
    void bodyThatPausesIsAnsweredAndTheConnectionClosedWhileOthersWaitForKafka() throws Exception {
        try (MockedIngest ingest =
                        ingest(Map.of("ingest.body-timeout", "300ms", "ingest.acknowledgement-timeout", "60s"));
                Socket slow = ingest.connect()) {
            CompletableFuture<Reply> waiting = ingest.client().postAsync(IngestClient.EVENT);
            await().atMost(LIMIT).until(() -> ingest.written().size() == 1);

            write(slow, ingest.head(100) + "{");
            String answer = new String(slow.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 408").contains("body_too_slow");
            assertThat(ingest.gauge("held.bytes")).isPositive();
            ingest.kafka.completeNext();
            assertThat(waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS).status())
                    .isEqualTo(202);
            await().atMost(LIMIT).until(() -> ingest.gauge("held.bytes") == 0);
        }
    }

    @Test
    void roomForABodyIsTakenBeforeItComesAndGivenBackWhenItBreaksOff() throws Exception {
        try (MockedIngest ingest = ingest(Map.of(
                "ingest.body-timeout", "60s",
                "events.max-bytes", "1000",
                "ingest.batch.max-bytes", "1000",
                "ingest.max-held-bytes", "1000"))) {
            try (Socket slow = ingest.connect()) {
                write(slow, ingest.head(950) + "{");
                await().atMost(LIMIT).until(() -> ingest.gauge("held.bytes") == 950);

                Reply turnedAway = ingest.client().post(IngestClient.EVENT);
                assertThat(turnedAway.status()).isEqualTo(503);
                assertThat(turnedAway.code()).isEqualTo("overloaded");
                assertThat(turnedAway.header("Retry-After")).isEqualTo("1");
            }
            await().atMost(LIMIT).until(() -> ingest.gauge("held.bytes") == 0);
            CompletableFuture<Reply> taken = ingest.client().postAsync(IngestClient.EVENT);
            await().atMost(LIMIT).until(() -> ingest.kafka.completeNext());
            assertThat(taken.get(LIMIT.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(202);
        }
    }

    @Test
    void connectionsBeyondTheLimitWaitForTheirTurn() throws Exception {
        try (MockedIngest ingest = ingest(Map.of("ingest.max-connections", "2"))) {
            CompletableFuture<Reply> third;
            try (Socket first = ingest.connect();
                    Socket second = ingest.connect()) {
                write(first, ingest.head(2) + "{}");
                assertThat(first.getInputStream().read()).isEqualTo('H');
                write(second, ingest.head(2) + "{}");
                assertThat(second.getInputStream().read()).isEqualTo('H');
                third = ingest.client().postAsync("{}");
                assertThat(third).isNotDone();
            }
            assertThat(third.get(LIMIT.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(422);
        }
    }

    private static MockedIngest ingest(Map<String, String> overrides) {
        return new MockedIngest(false, TestKeys.makeProducer(), ANY, overrides);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }
}
