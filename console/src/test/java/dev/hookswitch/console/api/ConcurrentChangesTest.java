package dev.hookswitch.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.api.ApiClient.Reply;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many change one webhook at the same time through two instances. */
@ExtendWith(KafkaExtension.class)
class ConcurrentChangesTest {
    private static final int CHANGES = 200;
    private static final int THREADS = 16;

    private final KafkaCluster kafka;
    private final ApiScene scene;

    ConcurrentChangesTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        scene = new ApiScene(kafka, folder);
    }

    @Test
    void theEndIsOneOfTheSubmittedStatesAndNoAcknowledgedUpdateIsLost() throws Exception {
        scene.tenant("acme", "ringyo", true, Limits.NONE);
        String key = scene.manager("acme");
        List<ApiClient> instances = List.of(
                new ApiClient(scene.start().port(), key),
                new ApiClient(scene.start().port(), key));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> instances.stream()
                        .allMatch(one -> one.get("/v1/webhooks").status() == 200));
        String path = "/v1/webhooks/"
                + instances.get(0).post("/v1/webhooks", ApiScene.NEW).text("id");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long startNanos = System.nanoTime();
        Map<Long, String> acknowledged = new HashMap<>();
        try {
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                ApiClient instance = instances.get(i % 2);
                // All fields say the same number: a mixture would show.
                String body =
                        "{\"description\":\"n%d\",\"url\":\"https://hooks.example.com/n%d\",\"metadata\":{\"n\":\"n%d\"}}"
                                .formatted(i, i, i);
                replies.add(threads.submit(() -> instance.patch(path, body)));
            }
            for (Future<Reply> reply : replies) {
                Reply done = reply.get();
                assertThat(done.status()).as("%s", done.body()).isEqualTo(200);
                assertThat(acknowledged.put(done.body().get("revision").asLong(), done.text("description")))
                        .isNull();
            }
        } finally {
            threads.shutdown();
        }
        System.out.printf("two instances: %.0f changes a second%n", CHANGES * 1e9 / (System.nanoTime() - startNanos));

        assertThat(acknowledged.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(2, CHANGES + 1).boxed().toList());
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            for (ApiClient instance : instances) {
                Reply end = instance.get(path);
                assertThat(end.body().get("revision").asLong()).isEqualTo(CHANGES + 1);
                String last = acknowledged.getOrDefault((long) CHANGES + 1, "");
                assertThat(end.text("description")).isEqualTo(last);
                assertThat(end.text("url")).endsWith("/" + last);
                assertThat(end.body().at("/metadata/n").asText()).isEqualTo(last);
            }
        });
        List<AuditRow> audit = kafka.readAll(scene.deployment.topics().audit()).stream()
                .map(record -> Wire.read(record.value(), AuditRow.class))
                .filter(row -> path.endsWith(row.subject()))
                .toList();
        assertThat(audit)
                .extracting(AuditRow::revision)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, CHANGES + 1).boxed().toList());
        assertThat(audit.subList(1, audit.size()))
                .allSatisfy(row -> assertThat(row.details().get("name")).isEqualTo(acknowledged.get(row.revision())));
        scene.close();
    }
}
