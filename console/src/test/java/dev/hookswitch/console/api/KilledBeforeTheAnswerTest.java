package dev.hookswitch.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.console.api.ApiClient.Reply;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An instance dies between the write and the answer, so that the caller knows nothing and asks again. */
@ExtendWith(KafkaExtension.class)
class KilledBeforeTheAnswerTest {
    private static final int LOST = 3;
    private static final int KILLS = 20;
    private static final Map<String, String> ONCE = Map.of("Idempotency-Key", "order-17");

    private final ApiScene scene;

    KilledBeforeTheAnswerTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new ApiScene(kafka, folder);
        scene.tenant("acme", "ringyo", true, Limits.NONE);
        scene.tenant("beta", "ringyo", true, Limits.NONE);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static Routes.Handler dies(Routes.Handler handler) {
        return call -> {
            Answer written = handler.answer(call);
            if (call.verb().equals("POST")) {
                throw new AssertionError("killed with " + written.status());
            }
            return written;
        };
    }

    @Tag("long")
    @Test
    void aProcessThatIsKilledLeavesOneWebhook() throws Exception {
        String key = scene.manager("acme");
        Set<Integer> statuses = new HashSet<>();
        for (int i = 0; i < KILLS; i++) {
            try (MortalConsole process = MortalConsole.start(scene.settings())) {
                ApiClient dying = new ApiClient(process.port(), key);
                assertThatThrownBy(() -> dying.send("POST", "/v1/webhooks", ApiScene.NEW, ONCE))
                        .isInstanceOf(UncheckedIOException.class);
                statuses.add(process.exitStatus());
            }
        }
        assertThat(statuses).containsExactly(MortalConsole.STATUS);
        ApiClient alive = new ApiClient(scene.start().port(), key);
        Reply made = alive.send("POST", "/v1/webhooks", ApiScene.NEW, ONCE);
        assertThat(made.status()).isEqualTo(201);
        Reply all = alive.get("/v1/webhooks");
        assertThat(all.body().get("total").asInt()).isEqualTo(1);
        assertThat(all.body().at("/data/0/id").asText()).isEqualTo(made.text("id"));
        assertThat(all.body().at("/data/0/revision").asInt()).isEqualTo(1);
    }

    @Test
    void aRepeatMakesNoSecondWebhookAndGetsTheSecret() {
        String key = scene.manager("acme");
        for (int i = 0; i < LOST; i++) {
            // The one before is left as it stands: it holds the right to write until the next takes it.
            ApiClient dying = new ApiClient(
                    scene.start(Map.of(), KilledBeforeTheAnswerTest::dies).port(), key);
            Reply lost = dying.send("POST", "/v1/webhooks", ApiScene.NEW, ONCE);
            assertThat(lost.status()).isEqualTo(500);
        }
        ApiClient alive = new ApiClient(scene.start().port(), key);
        Reply made = alive.send("POST", "/v1/webhooks", ApiScene.NEW, ONCE);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("secret")).startsWith("whsec_");
        assertThat(alive.send("POST", "/v1/webhooks", ApiScene.NEW, ONCE).body())
                .isEqualTo(made.body());
        Reply all = alive.get("/v1/webhooks");
        assertThat(all.body().get("total").asInt()).isEqualTo(1);
        assertThat(all.body().at("/data/0/id").asText()).isEqualTo(made.text("id"));

        Reply other = alive.send("POST", "/v1/webhooks", ApiScene.NEW.replace("in", "out"), ONCE);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(alive.send("POST", "/v1/webhooks", ApiScene.NEW, Map.of("Idempotency-Key", "a b"))
                        .code())
                .isEqualTo("invalid_idempotency_key");

        ApiClient stranger = new ApiClient(scene.start().port(), scene.manager("beta"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> stranger.get("/v1/webhooks").status() == 200);
        assertThat(stranger.send("POST", "/v1/webhooks", ApiScene.NEW, ONCE).text("id"))
                .as("another tenant's key of the same name")
                .isNotEqualTo(made.text("id"));
    }
}
