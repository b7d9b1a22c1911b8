package dev.hookswitch.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.AuditRow.Action;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.console.endpoints.Asked;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.recovery.ManualRetries;
import dev.hookswitch.console.recovery.PreparedRetry;
import dev.hookswitch.console.recovery.Recoveries;
import dev.hookswitch.console.recovery.RecoveryCount;
import dev.hookswitch.console.recovery.RecoveryRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What an endpoint did not get is put once more: one delivery, or all since a time. */
final class RecoveryRoutes {
    private static final int MAX_READERS = 8;
    private static final String RECOVERIES = WebhookRoutes.WEBHOOK + "/recoveries";

    private final EndpointAdmin admin;
    private final ManualRetries retries;
    private final Recoveries recoveries;
    private final RunningRecoveries running;
    /** What reads through logs takes time. */
    private final Few readers = new Few(MAX_READERS, "read through the logs");

    RecoveryRoutes(EndpointAdmin admin, ManualRetries retries, Recoveries recoveries, RunningRecoveries running) {
        this.admin = admin;
        this.retries = retries;
        this.recoveries = recoveries;
        this.running = running;
    }

    void addTo(Routes routes) {
        routes.add(
                "POST", WebhookRoutes.WEBHOOK + "/deliveries/{delivery_id}/retry", Scope.WEBHOOKS_MANAGE, this::retry);
        routes.add("GET", RECOVERIES, Scope.WEBHOOKS_READ, this::list);
        routes.add("POST", RECOVERIES, Scope.WEBHOOKS_MANAGE, this::recover);
        routes.add("POST", RECOVERIES + "/cancel", Scope.WEBHOOKS_MANAGE, this::cancel);
    }

    private EndpointId existing(Call call) {
        EndpointId id = call.endpoint();
        return WebhookRoutes.existing(admin, id).id();
    }

    private Answer retry(Call call) {
        call.onlyParameters();
        Fields unused = call.fields();
        EndpointId id = call.endpoint();
        Asked asked = call.asked();
        ApiRequestRow row = admin.answered(asked).orElseGet(() -> {
            PreparedRetry prepared =
                    readers.run(() -> retries.prepare(call.in("delivery_id"), Optional.of(existing(call))));
            return admin.retry(
                    id, prepared.retried().recoveryId(), prepared.retried().before(), prepared.record(), asked);
        });
        OutcomeRow before = Objects.requireNonNull(row.delivery(), "delivery");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("delivery_id", before.deliveryId());
        body.put("webhook_id", id.webhookId());
        body.put("recovery_id", row.recoveryId());
        ObjectNode ended = body.putObject("before");
        ended.put("outcome", before.outcome().name().toLowerCase(Locale.ROOT));
        ended.put("attempts", before.attempts());
        ended.put("http_status", before.lastHttpStatus());
        ended.put("ended_at", WebhookJson.time(before.endedAtMs()));
        return Answer.of(202, body);
    }

    private Answer list(Call call) {
        call.onlyParameters();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode data = body.putArray("data");
        recoveries.of(existing(call)).forEach(row -> data.add(json(row)));
        return Answer.of(200, body);
    }

    private Answer recover(Call call) {
        call.onlyParameters();
        Fields fields = call.fields("since", "kind", "per_second", "dry_run");
        RecoveryRow.Kind kind = fields.word("kind", "undelivered", "missed")
                        .orElse("undelivered")
                        .equals("missed")
                ? RecoveryRow.Kind.MISSED
                : RecoveryRow.Kind.UNDELIVERED;
        OptionalDouble perSecond =
                fields.number("per_second").map(OptionalDouble::of).orElse(OptionalDouble.empty());
        boolean dryRun = fields.flag("dry_run").orElse(false);
        Instant since = Times.parse(422, "since", fields.requiredText("since"));
        Asked asked = call.asked();
        if (dryRun) {
            return counted(readers.run(() -> recoveries.count(new RecoveryRequest(existing(call), kind, since))));
        }
        Optional<RecoveryRow> again = admin.answered(asked).flatMap(row -> find(call.endpoint(), row));
        return Answer.of(202, json(again.orElseGet(() -> {
            RecoveryRow row =
                    readers.run(() -> running.start(new RecoveryRequest(existing(call), kind, since), perSecond));
            ApiRequestRow unusedRow = admin.noted(row.endpoint(), Action.RECOVERY_BEGUN, row.recoveryId(), asked);
            return row;
        })));
    }

    private Optional<RecoveryRow> find(EndpointId endpoint, ApiRequestRow request) {
        return recoveries.of(endpoint).stream()
                .filter(row -> row.recoveryId().equals(request.recoveryId()))
                .findFirst();
    }

    private static Answer counted(RecoveryCount count) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("dry_run", true);
        body.put("found", count.found());
        body.put("gone", count.gone());
        body.put("since", count.since().toString());
        return Answer.of(200, body);
    }

    private Answer cancel(Call call) {
        call.onlyParameters();
        Fields unused = call.fields();
        Asked asked = call.asked();
        Optional<RecoveryRow> again = admin.answered(asked).flatMap(row -> find(call.endpoint(), row));
        return Answer.of(200, json(again.orElseGet(() -> {
            RecoveryRow row = recoveries.cancel(existing(call));
            ApiRequestRow unusedRow = admin.noted(row.endpoint(), Action.RECOVERY_CANCELLED, row.recoveryId(), asked);
            return row;
        })));
    }

    private static ObjectNode json(RecoveryRow row) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("recovery_id", row.recoveryId());
        body.put("webhook_id", row.webhookId());
        body.put("kind", row.kind().name().toLowerCase(Locale.ROOT));
        body.put("state", row.state().name().toLowerCase(Locale.ROOT));
        body.put("since", WebhookJson.time(row.sinceMs()));
        body.put("found", row.found());
        body.put("put", row.put());
        body.put("gone", row.gone());
        body.put("unfit", row.unfit());
        body.put("started_at", WebhookJson.time(row.startedAtMs()));
        body.put("updated_at", WebhookJson.time(row.updatedAtMs()));
        return body;
    }
}
