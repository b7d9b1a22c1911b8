package dev.hookswitch.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.log.CodeClass;
import dev.hookswitch.console.log.DeliveryLog;
import dev.hookswitch.console.log.DeliveryStatus;
import dev.hookswitch.console.log.LogPage;
import dev.hookswitch.console.log.LogQuery;
import dev.hookswitch.console.log.LoggedDelivery;
import dev.hookswitch.console.log.Waiting;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of an endpoint's deliveries. */
final class DeliveryRoutes {
    private static final String DELIVERIES = WebhookRoutes.WEBHOOK + "/deliveries";
    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "pending", DeliveryStatus.PENDING,
            "delivered", DeliveryStatus.DELIVERED,
            "failed", DeliveryStatus.FAILED,
            "discarded", DeliveryStatus.DISCARDED,
            "skipped", DeliveryStatus.SKIPPED);
    private static final Map<String, CodeClass> CODES = Map.of(
            "none", CodeClass.NONE,
            "1xx", CodeClass.C1XX,
            "2xx", CodeClass.C2XX,
            "3xx", CodeClass.C3XX,
            "4xx", CodeClass.C4XX,
            "5xx", CodeClass.C5XX);

    private static final Instant YEAR_10000 =
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1);

    private final EndpointAdmin admin;
    private final DeliveryLog log;

    DeliveryRoutes(EndpointAdmin admin, DeliveryLog log) {
        this.admin = admin;
        this.log = log;
    }

    void addTo(Routes routes) {
        routes.add("GET", DELIVERIES, Scope.WEBHOOKS_READ, this::list);
        routes.add("GET", DELIVERIES + "/{delivery_id}", Scope.WEBHOOKS_READ, this::show);
    }

    private Answer list(Call call) {
        call.onlyParameters("status", "event", "code", "from", "until", "limit", "cursor");
        LogQuery query = query(call);
        EndpointId id = call.endpoint();
        var unused = WebhookRoutes.existing(admin, id);
        LogPage page = page(id, query);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode data = body.putArray("data");
        page.deliveries().forEach(delivery -> data.add(json(delivery)));
        body.put("has_more", page.nextCursor() != null);
        body.put("next_cursor", page.nextCursor());
        return Answer.of(200, body);
    }

    private static LogQuery query(Call call) {
        Optional<Instant> from = time(call, "from");
        Optional<Instant> until = time(call, "until");
        if (from.isPresent() && until.isPresent() && !until.get().isAfter(from.get())) {
            throw ApiError.field(400, "invalid_until", "until", "until must be later than from");
        }
        return new LogQuery(
                words(call, "status", STATUSES),
                new HashSet<>(split(call, "event")),
                words(call, "code", CODES),
                from.map(Instant::toEpochMilli).orElse(null),
                until.map(Instant::toEpochMilli).orElse(null),
                WebhookRoutes.limit(call),
                call.parameter("cursor").orElse(null));
    }

    private static Optional<Instant> time(Call call, String parameter) {
        Optional<Instant> time = call.parameter(parameter).map(text -> Times.parse(400, parameter, text));
        if (time.isPresent()
                && (time.get().isBefore(Instant.EPOCH) || !time.get().isBefore(YEAR_10000))) {
            throw ApiError.field(
                    400, "invalid_" + parameter, parameter, parameter + " must be a time from 1970 to 9999");
        }
        return time;
    }

    private LogPage page(EndpointId id, LogQuery query) {
        try {
            return log.list(id, query);
        } catch (IllegalArgumentException e) {
            throw Cursor.unknown();
        }
    }

    private Answer show(Call call) {
        call.onlyParameters();
        EndpointId id = call.endpoint();
        var unused = WebhookRoutes.existing(admin, id);
        LoggedDelivery delivery = log.find(id, call.in("delivery_id"))
                .orElseThrow(() -> new ApiError(404, "delivery_not_found", "the webhook has no such delivery"));
        ObjectNode body = json(delivery);
        ArrayNode attempts = body.putArray("attempts");
        delivery.attempts().forEach(attempt -> {
            ObjectNode post = attempts.addObject();
            post.put("attempt", attempt.attempt());
            post.put("max_attempts", attempt.maxAttempts());
            post.put("recovery_id", attempt.recoveryId());
            post.put("result", attempt.result().wireName());
            post.put("http_status", attempt.httpStatus());
            post.put("decision", attempt.decision().name().toLowerCase(Locale.ROOT));
            post.put("started_at", WebhookJson.time(attempt.startedAtMs()));
            post.put("duration_ms", attempt.durationMs());
        });
        return Answer.of(200, body);
    }

    private static List<String> split(Call call, String parameter) {
        return call.parameter(parameter)
                .map(text -> Arrays.asList(text.split(",", -1)))
                .orElse(List.of());
    }

    private static <T> Set<T> words(Call call, String parameter, Map<String, T> known) {
        Set<T> found = new HashSet<>();
        for (String word : split(call, parameter)) {
            T value = known.get(word);
            if (value == null) {
                throw ApiError.field(
                        400,
                        "invalid_" + parameter,
                        parameter,
                        parameter + " must be among "
                                + String.join(
                                        ", ", known.keySet().stream().sorted().toList())
                                + ", several with commas between");
            }
            found.add(value);
        }
        return found;
    }

    private static ObjectNode json(LoggedDelivery delivery) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("delivery_id", delivery.deliveryId());
        body.put("webhook_id", delivery.endpoint().webhookId());
        body.put("event_id", delivery.eventId());
        body.put("event", delivery.eventType());
        body.put("test", delivery.test());
        body.put("status", delivery.status().name().toLowerCase(Locale.ROOT));
        body.put("reason", delivery.reason());
        body.put("http_status", delivery.lastHttpStatus());
        body.put("occurred_at", WebhookJson.time(delivery.occurredAtMs()));
        Long ended = delivery.endedAtMs();
        body.put("ended_at", ended == null ? null : WebhookJson.time(ended));
        body.put("attempts_made", delivery.attemptsMade());
        Waiting waiting = delivery.waiting();
        if (waiting == null) {
            body.putNull("next_attempt");
        } else {
            ObjectNode next = body.putObject("next_attempt");
            next.put("attempt", waiting.attempt());
            next.put("due_at", WebhookJson.time(waiting.dueAtMs()));
            next.put("put_off", waiting.putOff());
        }
        return body;
    }
}
