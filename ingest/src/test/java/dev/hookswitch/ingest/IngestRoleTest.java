package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.ingest.IngestClient.Reply;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(KafkaExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class IngestRoleTest {
    private static final int MAX_BYTES = 1_000;
    private static final int PARTITIONS = 3;

    private final KafkaCluster kafka;
    private final String topic;
    private final IngestRole role;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger ids = new AtomicInteger();
    private final Settings settings;
    private final TestKeys.Made producer = TestKeys.makeProducer();
    private IngestClient client = new IngestClient(0, null);

    IngestRoleTest(KafkaCluster kafka) {
        this.kafka = kafka;
        this.settings = settings(kafka, kafka.uniquePrefix());
        this.topic = TopicLayout.of(settings).events();
        this.role = new IngestRole(settings, meters);
    }

    private static Settings settings(KafkaCluster kafka, String prefix) {
        return Settings.of(Map.of(
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "topics.prefix",
                prefix,
                "topics.events.partitions",
                "3",
                "events.max-bytes",
                Integer.toString(MAX_BYTES),
                "ingest.port",
                "0"));
    }

    @BeforeAll
    void start() {
        kafka.createTopics(PARTITIONS, topic);
        TestKeys.createTopics(kafka, settings);
        TestKeys.write(kafka, settings, producer.row());
        role.start();
        client = new IngestClient(role.port(), producer.key());
        await().atMost(Duration.ofSeconds(30)).until(() -> role.health().ready());
    }

    @AfterAll
    void stop() {
        role.close();
    }

    @Test
    void writesTheEventAsItCameUnderItsTenant() {
        String event = " {\"id\":\"as-it-came\", \"future\" : [1.50],\n\"type\":\"order.paid\",\"tenant\":\"acme\","
                + "\"occurred_at\":\"2026-01-15T14:30:00+00:00\",\"data\":{\"name\":\"Zo\u00eb\",\"value\":2500.00}} ";

        Reply reply = client.post(event);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.response().body()).isEqualTo("{\"id\":\"as-it-came\"}");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        ConsumerRecord<byte[], byte[]> record = kafka.readAll(topic).stream()
                .filter(candidate -> new String(candidate.value(), UTF_8).contains("as-it-came"))
                .findFirst()
                .orElseThrow();
        assertThat(record.key()).isEqualTo("acme".getBytes(UTF_8));
        assertThat(record.value()).isEqualTo(event.getBytes(UTF_8));
    }

    @Test
    void everyAnswerHasItsOwnRequestId() {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            seen.add(client.post(newEvent()).header("X-Request-Id"));
            Reply refused = client.post("{}");
            assertThat(refused.body().at("/meta/request_id").asText()).isEqualTo(refused.header("X-Request-Id"));
            seen.add(refused.header("X-Request-Id"));
        }
        assertThat(seen).hasSize(6).allMatch(id -> id.matches("req_[0-9a-f]{24}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                  | 400 | empty          | ``",
                "nonsense                            | 400 | not_json       | ``",
                "{\"id\":\"1\"                       | 400 | not_json       | ``",
                "{} {}                               | 400 | not_json       | ``",
                "[]                                  | 400 | empty          | ``",
                "[{\"id\":\"1\"}]                    | 422 | missing_field  | /0/type",
                "{\"type\":\"a\",\"tenant\":\"t\"}   | 422 | missing_field  | /id",
                "{\"id\":\"1\",\"type\":\"a b\",\"tenant\":\"t\"} | 422 | invalid_field | /type",
                "{\"id\":\"1\",\"type\":\"a\",\"tenant\":\"a/b\"} | 422 | invalid_field | /tenant",
                "{\"id\":\"1\",\"type\":\"a\",\"tenant\":\"t\",\"occurred_at\":\"now\",\"data\":{}} | 422 | invalid_field | /occurred_at",
                "{\"id\":\"1\",\"type\":\"a\",\"tenant\":\"t\",\"occurred_at\":\"2026-01-15T14:30:00Z\",\"data\":[]} | 422 | invalid_field | /data",
            })
    void refusesWhatIsNoEventAndSaysWhere(String body, int status, String code, String pointer) {
        long before = written();

        Reply reply = client.post(body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.body().at("/error/details/pointer").textValue()).isEqualTo(pointer);
        assertThat(reply.body().at("/error/message").asText()).isNotBlank();
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void refusesJsonThatIsTooDeep() {
        Reply reply = client.post("{\"data\":" + "[".repeat(400) + "]".repeat(400) + "}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo("limit_exceeded");
    }

    @Test
    void takesTheLargestEventAndNotOneByteMore() {
        String padded = newEvent();
        padded += " ".repeat(MAX_BYTES - padded.length());

        assertThat(client.post(padded).status()).isEqualTo(202);
        Reply refused = client.post(padded + " ");
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.code()).isEqualTo("too_large");
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 900_000})
    void senderOfMuchTooMuchSeesTheAnswer(int size) {
        Reply refused = client.post("x".repeat(size));

        assertThat(refused.status()).isEqualTo(413);
        assertThat(client.post(newEvent()).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "json"})
    void refusesOtherMediaTypes(String type) {
        Reply reply = client.send(client.request(newEvent().getBytes(UTF_8)).setHeader("Content-Type", type));

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "application/json;charset=\"UTF-8\"", "Application/JSON"})
    void takesOtherSpellingsOfJson(String type) {
        assertThat(client.send(client.request(newEvent().getBytes(UTF_8)).setHeader("Content-Type", type))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void refusesRequestsWithoutMediaTypeAndCompressedOnes() {
        byte[] event = newEvent().getBytes(UTF_8);
        HttpRequest.Builder untyped = HttpRequest.newBuilder(client.resolve("/v1/events"))
                .header("Authorization", authorization())
                .POST(BodyPublishers.ofByteArray(event));

        assertThat(client.send(untyped).status()).isEqualTo(415);
        assertThat(client.send(client.request(event).header("Content-Encoding", "gzip"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void knowsOneRouteAndOneMethod() {
        Reply elsewhere = client.send(client.request(new byte[0]).uri(client.resolve("/v1/event")));
        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(elsewhere.code()).isEqualTo("not_found");

        Reply get = client.send(client.request(new byte[0]).GET());
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.code()).isEqualTo("method_not_allowed");
        assertThat(get.header("Allow")).isEqualTo("POST");
    }

    @Test
    void namesNeitherItsServerNorItsCode() throws IOException {
        Reply refused = client.post("{}");
        assertThat(refused.response().headers().map()).doesNotContainKeys("server", "x-powered-by");

        String unreadable = raw("POST /v1/events HTTP/1.1\r\nHost: a b\r\nContent-Length: x\r\n\r\n");
        assertThat(unreadable)
                .startsWith("HTTP/1.1 400")
                .doesNotContainIgnoringCase("jetty")
                .doesNotContainIgnoringCase("javalin")
                .doesNotContain("\tat ");
    }

    @Test
    void bodyThatBreaksOffIsNoEvent() throws IOException {
        String half = newEvent();
        long before = written();

        String answer = raw("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: " + authorization() + "\r\n"
                + "Content-Length: " + (half.length() + 1) + "\r\n\r\n" + half);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("body_incomplete");
        assertThat(written()).isEqualTo(before);
    }

    @Test
    void countsAnswersByCode() {
        double before = count("missing_field");
        client.post("{}");
        assertThat(count("missing_field")).isEqualTo(before + 1);
    }

    @Test
    void isUpWhileKafkaTakesEvents() {
        client.post(newEvent());
        assertThat(role.health()).isEqualTo(Health.UP);
    }

    @Test
    void doesNotStartWithoutItsTopic() {
        try (IngestRole homeless = new IngestRole(settings(kafka, kafka.uniquePrefix()), new SimpleMeterRegistry())) {
            assertThatThrownBy(homeless::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("events");
            assertThat(homeless.health().ready()).isFalse();
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        Settings taken = settings.with(Map.of("ingest.port", Integer.toString(role.port())));
        try (IngestRole second = new IngestRole(taken, new SimpleMeterRegistry())) {
            assertThatThrownBy(second::start).hasMessageContaining("ingest.port");
        }
    }

    private String authorization() {
        return "Bearer " + producer.key().reveal();
    }

    private double count(String code) {
        return meters.find("hookswitch.ingest.requests").tag("code", code).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** Records in the topic, whatever became of them. */
    private long written() {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            return kafka.admin().listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private String newEvent() {
        return IngestClient.EVENT.replace("evt_1", "evt_" + ids.incrementAndGet());
    }

    /** Sends these bytes, ends the sending side, and reads the answer to its end. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), role.port())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
