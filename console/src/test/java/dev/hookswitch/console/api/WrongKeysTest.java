package dev.hookswitch.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody guesses keys. */
@ExtendWith(KafkaExtension.class)
class WrongKeysTest {
    private static final int WRONG = 10_000;
    private static final int THREADS = 4;
    private static final int RIGHT_AFTER_EACH = 500;
    private static final String LIMIT_PER_MINUTE = "30";

    private final ApiScene scene;

    WrongKeysTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new ApiScene(kafka, folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void mostAreTurnedAwayUnlookedAtAndTheRightKeyIsServed() throws Exception {
        scene.tenant("acme", "ringyo", true, Limits.NONE);
        String key = scene.manager("acme");
        int port = scene.start(Map.of("access.failures-per-minute", LIMIT_PER_MINUTE), handler -> handler)
                .port();
        ApiClient right = new ApiClient(port, key);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Map<Integer, Integer> statuses = new HashMap<>();
        AtomicInteger made = new AtomicInteger();
        try {
            List<Callable<Integer>> guesses = new ArrayList<>();
            SecureRandom random = new SecureRandom();
            for (int i = 0; i < WRONG; i++) {
                String wrong = ApiKey.generate(random).reveal();
                guesses.add(() -> {
                    if (made.incrementAndGet() % RIGHT_AFTER_EACH == 0) {
                        assertThat(right.get("/v1/webhooks").status()).isEqualTo(200);
                    }
                    ApiClient.Reply reply = new ApiClient(port, wrong).get("/v1/webhooks");
                    if (reply.status() == 429) {
                        assertThat(reply.code()).isEqualTo("too_many_failures");
                        assertThat(Integer.parseInt(reply.header("Retry-After")))
                                .isBetween(1, 60);
                    }
                    return reply.status();
                });
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> right.get("/v1/webhooks").status() == 200);
            long startNanos = System.nanoTime();
            for (Future<Integer> guess : threads.invokeAll(guesses)) {
                statuses.merge(guess.get(), 1, Integer::sum);
            }
            long minutesBegun = Duration.ofNanos(System.nanoTime() - startNanos).toMinutes() + 1;
            int limit = Integer.parseInt(LIMIT_PER_MINUTE);
            assertThat(statuses.keySet()).isSubsetOf(401, 429);
            assertThat(statuses.getOrDefault(401, 0)).isBetween(1, (int) (limit * (minutesBegun + 1)));
        } finally {
            threads.shutdown();
        }
        assertThat(right.get("/v1/webhooks").status()).isEqualTo(200);
        assertThat(new ApiClient(port, ApiKey.generate(new SecureRandom()).reveal())
                        .get("/v1/webhooks")
                        .status())
                .as("the limit still stands")
                .isIn(401, 429);
    }
}
