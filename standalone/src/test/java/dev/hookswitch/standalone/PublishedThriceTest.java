package dev.hookswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import dev.hookswitch.testkit.ReceivedRequest;
import dev.hookswitch.testkit.Receiver;
import dev.hookswitch.testkit.Reply;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same events three times, over HTTP and to every partition of the topic, with a restart in between: each once. */
@ExtendWith(KafkaExtension.class)
class PublishedThriceTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String TENANT = "acme";
    private static final int PARTITIONS = 3;
    private static final int BATCH = 500;
    /** An endpoint and a key are known a moment after they were made. */
    private static final String WARM_UP = "warm-up";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void someHundredsAreDeliveredOnce(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        publishThrice(cluster, folder, "thrice.", 600);
    }

    @Tag("long")
    @Test
    void tenThousandAreDeliveredOnce(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        publishThrice(cluster, folder, "ten-thousand-thrice.", 10_000);
    }

    private void publishThrice(KafkaCluster cluster, Path folder, String prefix, int count) throws Exception {
        try (Receiver receiver = new Receiver(request -> Reply.status(200));
                Pipeline pipeline = new Pipeline(cluster.bootstrapServers(), folder, prefix)) {
            pipeline.endpoint(TENANT, "standard", receiver.url("/"));
            ApiKey key = pipeline.producerKey(TENANT);
            await().atMost(LIMIT).until(() -> post(pipeline, key, event(WARM_UP)) == 202 && has(receiver, WARM_UP));

            post(pipeline, key, 0, count / 2);
            IntStream.range(count / 2, count).forEach(i -> pipeline.send(TENANT, event("evt_" + i)));
            await().atMost(LIMIT).until(() -> receiver.requests().size() > count / 4);
            IntStream.range(0, count).forEach(i -> pipeline.send(i % PARTITIONS, event("evt_" + i)));
            pipeline.restart();
            await().atMost(LIMIT).until(() -> post(pipeline, key, event(WARM_UP)) == 202);
            post(pipeline, key, 0, count);
            // Behind everything else of their partitions.
            IntStream.range(0, PARTITIONS).forEach(partition -> pipeline.send(partition, event("last_" + partition)));

            int once = count + 1 + PARTITIONS;
            await().atMost(LIMIT).until(() -> IntStream.range(0, PARTITIONS).allMatch(i -> has(receiver, "last_" + i)));
            await().atMost(LIMIT).until(() -> pipeline.outcomes(TENANT).size() >= once);
            assertThat(pipeline.outcomes(TENANT))
                    .hasSize(once)
                    .allMatch(row -> row.outcome() == Outcome.DELIVERED)
                    .extracting(OutcomeRow::eventId)
                    .doesNotHaveDuplicates();
            assertThat(receiver.requests())
                    .hasSize(once)
                    .extracting(request -> String.valueOf(request.header("webhook-id")))
                    .doesNotHaveDuplicates();
            assertThat(pipeline.deadLetters()).isEmpty();
        }
    }

    private void post(Pipeline pipeline, ApiKey key, int from, int to) throws Exception {
        for (int begin = from; begin < to; begin += BATCH) {
            String batch = IntStream.range(begin, Math.min(begin + BATCH, to))
                    .mapToObj(i -> event("evt_" + i))
                    .collect(Collectors.joining(",", "[", "]"));
            await().atMost(LIMIT).until(() -> post(pipeline, key, batch) == 202);
        }
    }

    /** As a client does that tries again whatever happens. */
    private int post(Pipeline pipeline, ApiKey key, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(pipeline.ingest())
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key.reveal())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean has(Receiver receiver, String id) {
        List<ReceivedRequest> requests = receiver.requests();
        return requests.stream().anyMatch(request -> request.bodyText().contains("\"" + id + "\""));
    }

    private static String event(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"order.paid\",\"tenant\":\"" + TENANT
                + "\",\"occurred_at\":\"2026-01-15T14:30:00Z\",\"data\":{\"ref\":\"" + id + "\"}}";
    }
}
