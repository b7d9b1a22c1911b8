package dev.hookswitch.console.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.console.LogCapture;
import dev.hookswitch.console.api.ApiClient.Reply;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and keys go through the API in every way there is; then everything that was written is searched for them. */
@ExtendWith(KafkaExtension.class)
class ApiCanaryTest {
    private static final String OWN = "whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LTAxMjM=";
    private static final String PATH_TOKEN = "canary-token-of-the-receiver";

    private final ApiScene scene;

    ApiCanaryTest(KafkaCluster kafka, @TempDir Path folder) {
        scene = new ApiScene(kafka, folder);
    }

    @Test
    void noSecretIsInLogsErrorsOrTopicsInTheClear() {
        List<String> written = new ArrayList<>();
        List<String> secrets = new ArrayList<>(List.of(OWN));
        // Not Jetty's: at debug level it dumps what comes over the wire.
        try (LogCapture log = LogCapture.of("dev.hookswitch", "io.javalin", "org.apache.kafka.clients")) {
            play(secrets, written);
            written.addAll(log.lines());
        }
        // Tokens in URLs stand in the endpoint's record, and nowhere else.
        assertThat(written).noneMatch(text -> text.contains(PATH_TOKEN));
        for (TopicSpec topic : scene.deployment.topics().specs()) {
            scene.deployment.kafka().readAll(topic.name()).forEach(record -> {
                written.add(new String(record.key(), ISO_8859_1));
                if (record.value() != null) {
                    written.add(new String(record.value(), ISO_8859_1));
                }
            });
        }
        // Without these the search would prove nothing.
        assertThat(written).anyMatch(text -> text.contains("ENDPOINT_CREATED tenant=acme"));
        assertThat(written).anyMatch(text -> text.contains("\"request_hash\"") && text.contains("\"wrapped_key\""));
        assertThat(written).anyMatch(text -> text.contains("invalid_secret"));
        assertThat(secrets).hasSize(5);
        for (String secret : secrets) {
            String part = secret.substring(secret.length() - 20);
            assertThat(written).noneMatch(text -> text.contains(part));
        }
    }

    private void play(List<String> secrets, List<String> written) {
        scene.tenant("acme", "ringyo", true, Limits.NONE);
        String key = scene.manager("acme");
        secrets.add(key);
        ApiClient acme = new ApiClient(scene.start().port(), key);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> acme.get("/v1/webhooks").status() == 200);
        String body = "{\"url\":\"https://hooks.example.com/" + PATH_TOKEN + "\",\"events\":[\"*\"],\"secret\":\"" + OWN
                + "\"}";
        Reply made = acme.send("POST", "/v1/webhooks", body, Map.of("Idempotency-Key", "a"));
        assertThat(acme.send("POST", "/v1/webhooks", body, Map.of("Idempotency-Key", "a"))
                        .text("secret"))
                .isEqualTo(OWN);
        String path = "/v1/webhooks/" + made.text("id");
        for (String step : List.of("rotate", "regenerate")) {
            secrets.add(acme.send("POST", path + "/secret/" + step, "{}", Map.of("Idempotency-Key", step))
                    .text("secret"));
        }
        secrets.add(acme.post("/v1/webhooks", ApiScene.NEW).text("secret"));
        // Errors that could quote what was sent; the URL's token is the caller's own to see.
        for (String bad : List.of(
                body.replace("=\"", "\""),
                body + OWN,
                body.replace("\"secret\":", "\"secret\":" + OWN),
                body.replace("\"secret\":\"", "\"secret\":[\"").replace("=\"", "=\"]"),
                body.replace("\"secret\"", "\"secrets\""))) {
            Reply refused = acme.post("/v1/webhooks", bad);
            assertThat(refused.status()).isGreaterThanOrEqualTo(400);
            written.add(refused.body().toString());
        }
        assertThat(acme.delete(path).status()).isEqualTo(200);
        scene.close();
    }
}
