package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.model.ApiRequestRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known, and changes on top of it that are about to be written in one transaction. For one thread. */
final class EndpointDraft implements EndpointsView {
    private final EndpointsView known;
    /** Empty for a deletion. */
    private final Map<EndpointId, Optional<Subscription>> changed = new HashMap<>();

    private final Map<String, ApiRequestRow> answers = new HashMap<>();

    EndpointDraft(EndpointsView known) {
        this.known = known;
    }

    void put(Subscription subscription) {
        changed.put(subscription.id(), Optional.of(subscription));
    }

    void remove(EndpointId id) {
        changed.put(id, Optional.empty());
    }

    void answer(ApiRequestRow row) {
        answers.put(row.requestKey(), row);
    }

    @Override
    public Optional<Subscription> find(EndpointId id) {
        Optional<Subscription> own = changed.get(id);
        return own == null ? known.find(id) : own;
    }

    @Override
    public Optional<EndpointStatus> status(EndpointId id) {
        return known.status(id);
    }

    @Override
    public Collection<Subscription> ofTenant(String tenant) {
        return changed(known.ofTenant(tenant)).stream()
                .filter(subscription -> subscription.tenant().equals(tenant))
                .toList();
    }

    @Override
    public Collection<Subscription> all() {
        return changed(known.all());
    }

    @Override
    public Optional<ApiRequestRow> answered(String requestKey) {
        return Optional.ofNullable(answers.get(requestKey)).or(() -> known.answered(requestKey));
    }

    @Override
    public Collection<ApiRequestRow> answers() {
        Map<String, ApiRequestRow> all = new HashMap<>();
        known.answers().forEach(row -> all.put(row.requestKey(), row));
        all.putAll(answers);
        return all.values();
    }

    @Override
    public boolean isDeleted(EndpointId id) {
        return known.isDeleted(id);
    }

    private List<Subscription> changed(Collection<Subscription> before) {
        List<Subscription> now = new ArrayList<>();
        before.stream()
                .filter(subscription -> !changed.containsKey(subscription.id()))
                .forEach(now::add);
        changed.values().forEach(subscription -> subscription.ifPresent(now::add));
        return now;
    }
}
