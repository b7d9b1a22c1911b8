package dev.hookswitch.common.matching;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.event.SchemaCheck;
import dev.hookswitch.common.matching.TenantEndpoints.Subscribers;
import dev.hookswitch.common.matching.Verdict.Skip;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.profile.LoadedProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides which endpoints get an event, and whether it is fit for any. Pure. */
public final class SubscriptionMatcher {
    private final Collection<LoadedProfile> allProfiles;
    private final SchemaCheck schemaCheck;

    public SubscriptionMatcher(Collection<LoadedProfile> allProfiles, SchemaCheck schemaCheck) {
        this.allProfiles = List.copyOf(allProfiles);
        this.schemaCheck = schemaCheck;
    }

    /**
     * Decides.
     *
     * @param tenant the endpoints of the event's tenant
     */
    public Verdict match(DomainEvent event, TenantEndpoints tenant) {
        String about = event.aboutEndpoint();
        return about == null ? matchByProfile(event, tenant) : tellOthers(event.type(), about, tenant);
    }

    /** No profile documents what is told of an endpoint: only who names the type gets it, and never that endpoint. */
    private static Verdict tellOthers(String eventType, String aboutEndpoint, TenantEndpoints tenant) {
        List<Endpoint> others = tenant.naming(eventType).stream()
                .filter(endpoint -> !endpoint.id().webhookId().equals(aboutEndpoint))
                .toList();
        return split(others, Map.of(), List.of());
    }

    private Verdict matchByProfile(DomainEvent event, TenantEndpoints tenant) {
        Subscribers subscribers = tenant.subscribersOf(event.type());
        List<LoadedProfile> candidates = candidates(event.type(), tenant, subscribers);
        if (candidates.isEmpty()) {
            return tenant.isEmpty()
                    ? new Verdict.Accepted(List.of(), List.of(), List.of())
                    : new Verdict.Rejected(List.of(unknownType(event.type(), tenant.profiles())));
        }
        Map<LoadedProfile, Problem> problems = problems(event, candidates);
        Map<LoadedProfile, Problem> blocking = new LinkedHashMap<>(problems);
        blocking.values().removeIf(schemaCheck::tolerates);
        if (blocking.size() == candidates.size()) {
            return new Verdict.Rejected(blocking.keySet().stream()
                    .flatMap(profile -> profile.problemsWith(event).stream())
                    .limit(Verdict.Rejected.MOST_PROBLEMS)
                    .toList());
        }
        List<Problem> tolerated =
                problems.values().stream().filter(schemaCheck::tolerates).toList();
        return split(subscribers.endpoints(), blocking, tolerated);
    }

    /** The profiles that have a say in whether the event is well made: all of them know its type. */
    private List<LoadedProfile> candidates(String eventType, TenantEndpoints tenant, Subscribers subscribers) {
        if (!subscribers.profiles().isEmpty()) {
            return subscribers.profiles();
        }
        if (!tenant.isEmpty()) {
            return tenant.profiles().stream()
                    .filter(profile -> profile.profile().knows(eventType))
                    .toList();
        }
        // Nobody to ask. A profile that takes any type has no schema to offer and would let everything pass.
        return allProfiles.stream()
                .filter(profile -> profile.profile().describe(eventType).isPresent())
                .toList();
    }

    private static Map<LoadedProfile, Problem> problems(DomainEvent event, List<LoadedProfile> candidates) {
        Map<LoadedProfile, Problem> problems = new LinkedHashMap<>();
        for (LoadedProfile profile : candidates) {
            profile.problemWith(event).ifPresent(problem -> problems.put(profile, problem));
        }
        return problems;
    }

    private static Verdict split(
            List<Endpoint> endpoints, Map<LoadedProfile, Problem> blocking, List<Problem> tolerated) {
        List<Endpoint> deliver = new ArrayList<>(endpoints.size());
        List<Skip> skipped = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            String reason = skipReason(endpoint, blocking.get(endpoint.profile()));
            if (reason == null) {
                deliver.add(endpoint);
            } else {
                skipped.add(new Skip(endpoint, reason));
            }
        }
        return new Verdict.Accepted(deliver, skipped, tolerated);
    }

    /** Why the endpoint does not get the event; null when it does. */
    private static @Nullable String skipReason(Endpoint endpoint, @Nullable Problem problem) {
        return switch (endpoint.state()) {
            case INACTIVE -> OutcomeRow.REASON_INACTIVE;
            case DISABLED -> OutcomeRow.REASON_DISABLED;
            case ACTIVE -> problem == null ? null : reasonOf(problem);
        };
    }

    private static String reasonOf(Problem problem) {
        return problem.reason() == Problem.Reason.MISSING_FIELD
                ? OutcomeRow.REASON_INCOMPLETE
                : OutcomeRow.REASON_SCHEMA;
    }

    private static Problem unknownType(String eventType, List<LoadedProfile> profiles) {
        List<String> names = profiles.stream().map(LoadedProfile::name).toList();
        return new Problem(
                Problem.Reason.UNKNOWN_TYPE,
                "/type",
                "type must be one that a profile of the tenant's endpoints (" + String.join(", ", names)
                        + ") knows, was: " + eventType);
    }
}
