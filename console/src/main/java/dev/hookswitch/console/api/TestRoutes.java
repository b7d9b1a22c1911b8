package dev.hookswitch.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.ApiRequestRow.TestDelivery;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.TenantRow.Workspace;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.console.endpoints.Asked;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.sample.TestDeliveries;
import dev.hookswitch.console.sample.TestResult;
import dev.hookswitch.console.sample.TestWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** A sample is sent, and the answer tells what the endpoint said to it. */
final class TestRoutes {
    private static final int MOST_AT_ONCE = 16;
    /** What comes before and after the attempt. */
    private static final Duration AROUND = Duration.ofSeconds(3);
    /** Clocks may differ. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private final EndpointAdmin admin;
    private final TestDeliveries tests;
    private final KafkaProperties kafka;
    private final TopicLayout topics;
    private final Few waiting = new Few(MOST_AT_ONCE, "wait for tests");

    TestRoutes(EndpointAdmin admin, TestDeliveries tests, KafkaProperties kafka, TopicLayout topics) {
        this.admin = admin;
        this.tests = tests;
        this.kafka = kafka;
        this.topics = topics;
    }

    void addTo(Routes routes) {
        routes.add("POST", WebhookRoutes.WEBHOOK + "/test", Scope.WEBHOOKS_MANAGE, this::test);
    }

    private Answer test(Call call) {
        call.onlyParameters();
        Optional<String> type = call.fields("event").text("event");
        Optional<Workspace> workspace = Optional.ofNullable(call.tenant().workspace());
        EndpointId id = call.endpoint();
        Asked asked = call.asked();
        Duration limit = limit(WebhookRoutes.existing(admin, id));
        return waiting.run(() -> {
            Optional<ApiRequestRow> before = admin.answered(asked);
            try (TestWatch watch = watch(id, before)) {
                TestDelivery test = Objects.requireNonNull(
                        before.orElseGet(() -> admin.test(
                                        id, type, (endpoint, chosen) -> tests.make(endpoint, chosen, workspace), asked))
                                .test(),
                        "test");
                return answer(id, test, watch.await(test.deliveryId(), limit));
            }
        });
    }

    private TestWatch watch(EndpointId id, Optional<ApiRequestRow> before) {
        return before.map(row -> TestWatch.since(
                        kafka,
                        topics,
                        id.webhookId(),
                        Instant.ofEpochMilli(row.atMs()).minus(BEFORE)))
                .orElseGet(() -> TestWatch.fromNow(kafka, topics, id.webhookId()));
    }

    /** As long as the endpoint may take to answer, and what is around that. */
    private Duration limit(Subscription endpoint) {
        return admin.profiles()
                .find(endpoint.profile())
                .map(profile -> profile.profile().attemptDeadline())
                .orElse(Duration.ZERO)
                .plus(AROUND);
    }

    private static Answer answer(EndpointId id, TestDelivery test, Optional<TestResult> result) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("delivery_id", test.deliveryId());
        body.put("webhook_id", id.webhookId());
        body.put("event", test.eventType());
        body.put("test", true);
        body.put(
                "outcome",
                result.map(ended -> ended.outcome().name().toLowerCase(Locale.ROOT))
                        .orElse(null));
        body.put("reason", result.map(TestResult::reason).orElse(null));
        AttemptRow attempt = result.map(TestResult::attempt).orElse(null);
        if (attempt == null) {
            body.putNull("attempt");
        } else {
            ObjectNode post = body.putObject("attempt");
            post.put("http_status", attempt.httpStatus());
            post.put("started_at", WebhookJson.time(attempt.startedAtMs()));
            post.put("duration_ms", attempt.durationMs());
        }
        return Answer.of(result.isPresent() ? 200 : 202, body);
    }
}
