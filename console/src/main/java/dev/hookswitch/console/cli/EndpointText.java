package dev.hookswitch.console.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.endpoints.CreatedEndpoint;
import dev.hookswitch.console.endpoints.EndpointView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Endpoints as the command line prints them. */
final class EndpointText {
    /** As on Ringyo's page. */
    private static final String SAVE_IT = "Save this signing secret securely. It won't be shown again.";

    private EndpointText() {}

    /** What a create call answers, in Ringyo's shape. */
    private record CreatedJson(String webhookId, String secret, String message) {}

    /** An endpoint without its secrets. */
    private record EndpointJson(
            String webhookId,
            String tenant,
            String profile,
            String name,
            String url,
            List<String> events,
            @Nullable Double maxPerSecond,
            @Nullable List<String> retryDelays,
            String status,
            int consecutiveFailures,
            @Nullable String disabledReason,
            long activation,
            long revision,
            String createdAt,
            String updatedAt) {
        static EndpointJson of(EndpointView endpoint) {
            Subscription wanted = endpoint.subscription();
            return new EndpointJson(
                    wanted.webhookId(),
                    wanted.tenant(),
                    wanted.profile(),
                    wanted.name(),
                    wanted.url(),
                    wanted.events().stream().sorted().toList(),
                    wanted.maxPerSecond(),
                    wanted.retryDelays(),
                    endpoint.state().word(),
                    endpoint.consecutiveFailures(),
                    endpoint.current().map(EndpointStatus::reason).orElse(null),
                    wanted.activation(),
                    wanted.revision(),
                    Instant.ofEpochMilli(wanted.createdAtMs()).toString(),
                    Instant.ofEpochMilli(wanted.updatedAtMs()).toString());
        }
    }

    static String createdJson(CreatedEndpoint created) {
        return written(new CreatedJson(
                created.subscription().webhookId(), created.secret().reveal(), SAVE_IT));
    }

    static String created(CreatedEndpoint created) {
        Subscription made = created.subscription();
        return String.join(
                System.lineSeparator(),
                made.webhookId() + " is made for tenant " + made.tenant() + " with profile " + made.profile(),
                "secret: " + created.secret().reveal(),
                SAVE_IT);
    }

    static String changed(EndpointView endpoint) {
        return endpoint.id().webhookId() + " is " + endpoint.state().word();
    }

    static String limited(EndpointView endpoint) {
        return endpoint.id().webhookId() + " gets " + limit(endpoint.subscription());
    }

    static String retried(EndpointView endpoint) {
        return endpoint.id().webhookId() + " is tried again " + retries(endpoint.subscription());
    }

    private static String retries(Subscription subscription) {
        List<String> delays = subscription.retryDelays();
        return delays == null ? "as profile " + subscription.profile() + " says" : "after " + String.join(", ", delays);
    }

    private static String limit(Subscription subscription) {
        Double limit = subscription.maxPerSecond();
        return limit == null
                ? "as many a second as the deployment allows"
                : "at most " + BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString() + " a second";
    }

    static String json(EndpointView endpoint) {
        return written(EndpointJson.of(endpoint));
    }

    static String json(List<EndpointView> endpoints) {
        return written(endpoints.stream().map(EndpointJson::of).toList());
    }

    static String details(EndpointView endpoint) {
        EndpointJson shown = EndpointJson.of(endpoint);
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("webhook_id", shown.webhookId()),
                List.of("tenant", shown.tenant()),
                List.of("profile", shown.profile()),
                List.of("name", shown.name()),
                List.of("url", shown.url()),
                List.of("events", String.join(",", shown.events())),
                List.of("limit", limit(endpoint.subscription())),
                List.of("retries", retries(endpoint.subscription())),
                List.of("status", status(endpoint)),
                List.of("activation", Long.toString(shown.activation())),
                List.of("revision", Long.toString(shown.revision())),
                List.of("created", shown.createdAt()),
                List.of("updated", shown.updatedAt())));
        if (shown.disabledReason() != null) {
            rows.add(List.of("disabled for", shown.disabledReason()));
        }
        return Columns.aligned(rows);
    }

    static String table(List<EndpointView> endpoints) {
        if (endpoints.isEmpty()) {
            return "no endpoints";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("WEBHOOK_ID", "TENANT", "PROFILE", "STATUS", "NAME", "URL", "EVENTS"));
        for (EndpointView endpoint : endpoints) {
            EndpointJson shown = EndpointJson.of(endpoint);
            rows.add(List.of(
                    shown.webhookId(),
                    shown.tenant(),
                    shown.profile(),
                    status(endpoint),
                    shown.name().isEmpty() ? "-" : shown.name(),
                    shown.url(),
                    String.join(",", shown.events())));
        }
        return Columns.aligned(rows);
    }

    private static String status(EndpointView endpoint) {
        int failures = endpoint.consecutiveFailures();
        return endpoint.state() == EndpointView.State.FAILING
                ? endpoint.state().word() + " (" + failures + ")"
                : endpoint.state().word();
    }

    private static String written(Object row) {
        return new String(Wire.write(row), UTF_8);
    }
}
