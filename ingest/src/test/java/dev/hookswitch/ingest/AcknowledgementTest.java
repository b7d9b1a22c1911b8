package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.access.AccessGate;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.ingest.IngestClient.Reply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers depend on acknowledgements, which this test gives by hand. */
class AcknowledgementTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MAX_WAITING = 2;
    private static final Door ANY = event -> List.of();
    private static final Map<String, String> PATIENT = Map.of(
            "ingest.max-waiting", Integer.toString(MAX_WAITING),
            "ingest.block-timeout", "30s",
            "ingest.acknowledgement-timeout", "30s",
            "ingest.body-timeout", "500ms");

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaState state = new KafkaState(InstantSource.fixed(Instant.EPOCH));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestKeys.Made producer = TestKeys.makeProducer();
    private final AccessGate gate = TestKeys.gate(producer);
    private final IngestServer server = start(gate, PATIENT);
    private final int port = server.port();
    private final IngestClient client = new IngestClient(port, producer.key());

    @AfterEach
    void stop() {
        while (kafka.completeNext()) {}
        server.close();
    }

    @Test
    void isNotAnsweredBeforeTheAcknowledgement() throws Exception {
        CompletableFuture<Reply> reply = client.postAsync(IngestClient.EVENT);
        awaitSent(1);
        assertThat(meters.get("hookswitch.ingest.waiting").gauge().value()).isEqualTo(1);
        assertThat(reply).isNotDone();

        kafka.completeNext();

        assertThat(reply.get(LIMIT.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(202);
        assertThat(meters.get("hookswitch.ingest.waiting").gauge().value()).isZero();
    }

    @Test
    void turnsAwayWhatComesWhileAllThatMayWaitDo() throws Exception {
        CompletableFuture<Reply> first = client.postAsync(IngestClient.EVENT);
        CompletableFuture<Reply> second = client.postAsync(IngestClient.EVENT);
        awaitSent(MAX_WAITING);

        Reply third = client.post(IngestClient.EVENT);

        assertThat(third.status()).isEqualTo(503);
        assertThat(third.code()).isEqualTo("overloaded");
        assertThat(third.header("Retry-After")).isEqualTo("1");
        assertThat(kafka.history()).hasSize(MAX_WAITING);
        assertThat(client.post("{}").status()).isEqualTo(422);

        kafka.completeNext();
        assertThat(CompletableFuture.anyOf(first, second).get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .extracting(reply -> ((Reply) reply).status())
                .isEqualTo(202);
        CompletableFuture<Reply> fourth = client.postAsync(IngestClient.EVENT);
        awaitSent(MAX_WAITING + 1);
        assertThat(fourth).isNotDone();
    }

    @Test
    void failureOfKafkaIsToBeTriedAgainAndMakesUnready() throws Exception {
        Reply reply = failedWith(new NotEnoughReplicasException("1 of 2"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("unavailable");
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.response().body()).doesNotContain("1 of 2");
        assertThat(state.health().ready()).isFalse();
        assertThat(state.health().alive()).isTrue();
    }

    @Test
    void failureThatStaysMakesDead() throws Exception {
        assertThat(failedWith(new ClusterAuthorizationException("no")).status()).isEqualTo(503);
        assertThat(state.health().alive()).isFalse();
    }

    @Test
    void eventThatKafkaFindsTooLargeIsNotToBeTriedAgain() throws Exception {
        Reply reply = failedWith(new RecordTooLargeException("too large"));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("too_large");
        assertThat(state.health().ready()).isTrue();
    }

    @Test
    void requestUnderWayAtTheStopIsAnswered() throws Exception {
        CompletableFuture<Reply> reply = client.postAsync(IngestClient.EVENT);
        awaitSent(1);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        await().atMost(LIMIT).until(() -> !connects());
        assertThat(stopped).isNotDone();
        kafka.completeNext();

        assertThat(reply.get(LIMIT.toSeconds(), TimeUnit.SECONDS).status()).isEqualTo(202);
        stopped.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void silenceOfKafkaEndsInTime() {
        IngestServer impatient =
                start(gate, Map.of("ingest.block-timeout", "1ms", "ingest.acknowledgement-timeout", "10ms"));
        try {
            Reply reply = new IngestClient(impatient.port(), producer.key()).post(IngestClient.EVENT);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("unavailable");
        } finally {
            impatient.close();
        }
    }

    @Test
    void asksForAKeyBeforeAnythingElse() {
        IngestClient stranger = new IngestClient(port, null);
        Reply refused = stranger.post("not even JSON");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("unauthorized");
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(refused.header("X-Request-Id")).startsWith("req_");
        byte[] body = "{}".getBytes(UTF_8);
        assertThat(stranger.send(stranger.request(body).uri(stranger.resolve("/")))
                        .status())
                .isEqualTo(401);
        assertThat(new IngestClient(port, TestKeys.makeProducer().key())
                        .post("{}")
                        .status())
                .isEqualTo(401);
        assertThat(client.post("{}").status()).isEqualTo(422);
        assertThat(kafka.history()).isEmpty();
    }

    /** A right key must not be told that it is wrong by a process that has not read the keys yet. */
    @Test
    void asksEverybodyToComeBackWhileKeysAreNotKnown() {
        IngestServer starting = start(TestKeys.gate(Optional.empty()), Map.of());
        try {
            Reply reply = new IngestClient(starting.port(), producer.key()).post(IngestClient.EVENT);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("unavailable");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(kafka.history()).isEmpty();
        } finally {
            starting.close();
        }
    }

    private IngestServer start(AccessGate asked, Map<String, String> overrides) {
        IngestSettings read = IngestSettings.of(Settings.of(overrides).with(Map.of("ingest.port", "0")));
        IngestMetrics metrics = new IngestMetrics(meters);
        EventPublisher publisher = new EventPublisher(kafka, "events", read.limits(), state, metrics);
        return IngestServer.start(read, asked, new EventIntake(read.bodies(), ANY, publisher, metrics), metrics);
    }

    private Reply failedWith(RuntimeException failure) throws Exception {
        CompletableFuture<Reply> reply = client.postAsync(IngestClient.EVENT);
        awaitSent(1);
        kafka.errorNext(failure);
        return reply.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitSent(int count) {
        await().atMost(LIMIT).until(() -> kafka.history().size() >= count);
    }

    private boolean connects() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
