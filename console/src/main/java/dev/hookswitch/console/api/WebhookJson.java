package dev.hookswitch.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.console.endpoints.CreatedEndpoint;
import dev.hookswitch.console.endpoints.EndpointView;
import dev.hookswitch.console.endpoints.Rotation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Endpoints as they stand in answers: the fields of the vendor's reference, then ours. */
final class WebhookJson {
    private WebhookJson() {}

    static ObjectNode of(EndpointView view) {
        return add(JsonNodeFactory.instance.objectNode(), view);
    }

    /** With the secret, and the fields that the vendor's page shows in front. */
    static ObjectNode of(CreatedEndpoint created, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("webhook_id", created.subscription().webhookId());
        body.put("secret", created.secret().reveal());
        body.put("message", message);
        return add(body, new EndpointView(created.subscription(), Optional.empty()));
    }

    private static ObjectNode add(ObjectNode body, EndpointView view) {
        Subscription row = view.subscription();
        body.put("id", row.webhookId());
        body.put("url", row.url());
        texts(body, "events", List.copyOf(new TreeSet<>(row.events())));
        body.put("description", row.name());
        ObjectNode metadata = body.putObject("metadata");
        if (row.metadata() != null) {
            row.metadata().forEach(metadata::put);
        }
        body.put("status", status(view));
        body.putNull("last_triggered_at");
        body.put("created_at", time(row.createdAtMs()));
        body.put("updated_at", time(row.updatedAtMs()));
        body.put("revision", row.revision());
        body.put("profile", row.profile());
        body.put("max_per_second", row.maxPerSecond());
        texts(body, "retry_delays", row.retryDelays());
        disabled(body, view);
        rotation(body, row);
        return body;
    }

    /** In the vendor's words: what is disabled gets nothing, whoever disabled it. */
    static String status(EndpointView view) {
        return switch (view.state()) {
            case ACTIVE -> "active";
            case FAILING -> "failing";
            case INACTIVE, DISABLED -> "inactive";
        };
    }

    private static void disabled(ObjectNode body, EndpointView view) {
        Optional<EndpointStatus> disabled =
                view.current().filter(status -> view.state() == EndpointView.State.DISABLED);
        if (disabled.isEmpty()) {
            body.putNull("disabled");
        } else {
            ObjectNode why = body.putObject("disabled");
            why.put("reason", disabled.get().reason());
            why.put("at", time(disabled.get().sinceMs()));
        }
    }

    private static void rotation(ObjectNode body, Subscription row) {
        Long due = row.secretsDueAtMs();
        ObjectNode rotation = body.putObject("secret_rotation");
        rotation.put("state", Rotation.of(row).word());
        rotation.put("due_at", due == null ? null : time(due));
    }

    private static void texts(ObjectNode body, String field, @Nullable List<String> texts) {
        if (texts == null) {
            body.putNull(field);
        } else {
            texts.forEach(body.putArray(field)::add);
        }
    }

    static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
