package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.ApiRequestRow.TestDelivery;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.AuditRow.Action;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.console.changes.Change;
import dev.hookswitch.console.changes.Row;
import dev.hookswitch.console.endpoints.Asked.Once;
import dev.hookswitch.console.endpoints.InvalidEndpoint.Code;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What a change of an endpoint writes: its record, its audit row, and the request by which a repeat is known. */
final class Written {
    private final TopicLayout topics;
    private final InstantSource clock;

    Written(TopicLayout topics, InstantSource clock) {
        this.topics = topics;
        this.clock = clock;
    }

    <R> Change<R, EndpointDraft> put(Subscription row, R result, Action action, Asked asked) {
        EndpointId id = row.id();
        return change(
                result,
                new Row(topics.subscriptions(), id.topicKey(), row),
                AuditRow.of(
                        clock.millis(),
                        asked.actor(),
                        action,
                        id.tenant(),
                        id.webhookId(),
                        row.revision(),
                        Details.of(row)),
                request(asked, row),
                view -> view.isDeleted(id)
                        || view.find(id)
                                .filter(now -> now.revision() >= row.revision())
                                .isPresent(),
                draft -> draft.put(row));
    }

    /** @param before ids of the keys that nothing of the endpoint is sealed under any more */
    <R> Change<R, EndpointDraft> resealed(Subscription row, R result, Set<String> before, Asked asked) {
        EndpointId id = row.id();
        return change(
                result,
                new Row(topics.subscriptions(), id.topicKey(), row),
                AuditRow.of(
                        clock.millis(),
                        asked.actor(),
                        Action.SECRET_RESEALED,
                        id.tenant(),
                        id.webhookId(),
                        row.revision(),
                        Map.of("key_id", row.secrets().get(0).keyId())),
                Optional.empty(),
                view -> view.find(id)
                        .filter(now -> now.secrets().stream().anyMatch(secret -> before.contains(secret.keyId())))
                        .isEmpty(),
                draft -> draft.put(row));
    }

    Change<Boolean, EndpointDraft> remove(Subscription old, Asked asked) {
        EndpointId id = old.id();
        return change(
                true,
                new Row(topics.subscriptions(), id.topicKey(), null),
                AuditRow.of(
                        clock.millis(),
                        asked.actor(),
                        Action.ENDPOINT_DELETED,
                        id.tenant(),
                        id.webhookId(),
                        old.revision() + 1,
                        Map.of()),
                request(asked, null),
                view -> view.find(id).isEmpty(),
                draft -> draft.remove(id));
    }

    Change<ApiRequestRow, EndpointDraft> retry(
            Subscription endpoint,
            String recoveryId,
            OutcomeRow before,
            ProducerRecord<byte[], byte[]> record,
            Asked asked) {
        Map<String, String> details = new TreeMap<>();
        details.put("delivery_id", before.deliveryId());
        details.put("recovery_id", recoveryId);
        return noted(
                endpoint,
                Action.DELIVERY_RETRIED,
                details,
                row(asked, recoveryId, before, null),
                List.of(record),
                asked);
    }

    Change<ApiRequestRow, EndpointDraft> noted(Subscription endpoint, Action action, String recoveryId, Asked asked) {
        Map<String, String> details = Map.of("recovery_id", recoveryId);
        return noted(endpoint, action, details, row(asked, recoveryId, null, null), List.of(), asked);
    }

    Change<ApiRequestRow, EndpointDraft> test(Subscription endpoint, PreparedTest prepared, Asked asked) {
        Map<String, String> details = Map.of(
                "delivery_id", prepared.test().deliveryId(),
                "event", prepared.test().eventType());
        return noted(
                endpoint,
                Action.TEST_SENT,
                details,
                row(asked, null, null, prepared.test()),
                List.of(prepared.record()),
                asked);
    }

    /** What leaves the endpoint's record as it is. */
    private Change<ApiRequestRow, EndpointDraft> noted(
            Subscription endpoint,
            Action action,
            Map<String, String> details,
            ApiRequestRow result,
            List<ProducerRecord<byte[], byte[]>> records,
            Asked asked) {
        AuditRow audit = AuditRow.of(
                clock.millis(),
                asked.actor(),
                action,
                endpoint.tenant(),
                endpoint.webhookId(),
                endpoint.revision(),
                details);
        Optional<ApiRequestRow> request = asked.once().map(once -> result);
        return new Change<>(
                result,
                request.map(row -> List.of(row(row))).orElse(List.of()),
                records,
                audit,
                view -> request.isEmpty()
                        || view.answered(request.get().requestKey()).isPresent(),
                draft -> request.ifPresent(draft::answer));
    }

    private <R> Change<R, EndpointDraft> change(
            R result,
            Row row,
            AuditRow audit,
            Optional<ApiRequestRow> request,
            Predicate<EndpointDraft> seen,
            Consumer<EndpointDraft> draft) {
        List<Row> rows = new ArrayList<>();
        rows.add(row);
        request.ifPresent(asked -> rows.add(row(asked)));
        return new Change<>(
                result,
                rows,
                List.of(),
                audit,
                view -> seen.test(view)
                        && (request.isEmpty()
                                || view.answered(request.get().requestKey()).isPresent()),
                view -> {
                    draft.accept(view);
                    request.ifPresent(view::answer);
                });
    }

    private Row row(ApiRequestRow request) {
        return new Row(topics.apiRequests(), request.requestKey(), request);
    }

    private Optional<ApiRequestRow> request(Asked asked, @Nullable Subscription endpoint) {
        return asked.once()
                .map(once -> new ApiRequestRow(
                        once.requestKey(), once.requestHash(), clock.millis(), endpoint, null, null, null));
    }

    /** Without a name when the request has none: it is not kept then. */
    private ApiRequestRow row(
            Asked asked, @Nullable String recoveryId, @Nullable OutcomeRow delivery, @Nullable TestDelivery test) {
        return new ApiRequestRow(
                asked.once().map(Once::requestKey).orElse(""),
                asked.once().map(Once::requestHash).orElse(""),
                clock.millis(),
                null,
                recoveryId,
                delivery,
                test);
    }

    /**
     * The request that was made under that name.
     *
     * @throws InvalidEndpoint when it asked for something else
     */
    static ApiRequestRow same(ApiRequestRow row, Once once) {
        if (!row.requestHash().equals(once.requestHash())) {
            throw new InvalidEndpoint(
                    Code.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key",
                    "Idempotency-Key was used for another request: each needs a key of its own");
        }
        return row;
    }

    static Subscription endpoint(ApiRequestRow row) {
        Subscription endpoint = row.endpoint();
        if (endpoint == null) {
            throw new IllegalStateException("the request left no endpoint");
        }
        return endpoint;
    }
}
