package dev.hookswitch.common.matching;

import static dev.hookswitch.common.matching.Samples.PROFILES;
import static dev.hookswitch.common.matching.Samples.RINGYO;
import static dev.hookswitch.common.matching.Samples.RING_TONIC;
import static dev.hookswitch.common.matching.Samples.STANDARD;
import static dev.hookswitch.common.matching.Samples.WORKSPACE;
import static dev.hookswitch.common.matching.Samples.about;
import static dev.hookswitch.common.matching.Samples.data;
import static dev.hookswitch.common.matching.Samples.event;
import static dev.hookswitch.common.matching.Samples.parsed;
import static dev.hookswitch.common.model.OutcomeRow.REASON_DISABLED;
import static dev.hookswitch.common.model.OutcomeRow.REASON_INACTIVE;
import static dev.hookswitch.common.model.OutcomeRow.REASON_INCOMPLETE;
import static dev.hookswitch.common.model.OutcomeRow.REASON_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.event.SchemaCheck;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.profile.LoadedProfile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionMatcherTest {
    private static final DomainEvent RINGYO_CALL =
            parsed(event("evt_1", "call.completed", null, data(RINGYO, "call.completed")));
    private static final DomainEvent RING_TONIC_CALL =
            parsed(event("evt_1", "call.completed", WORKSPACE, data(RING_TONIC, "call.completed")));
    private static final DomainEvent RING_TONIC_CALL_WITHOUT_WORKSPACE =
            parsed(event("evt_1", "call.completed", null, data(RING_TONIC, "call.completed")));
    private static final DomainEvent BROKEN_CALL = parsed(event("evt_1", "call.completed", WORKSPACE, "{}"));
    private static final DomainEvent BROKEN_CALL_WITHOUT_WORKSPACE =
            parsed(event("evt_1", "call.completed", null, "{}"));
    private static final DomainEvent UNDOCUMENTED = parsed(event("evt_1", "order.paid", null, "{}"));

    private final SubscriptionMatcher enforcing = new SubscriptionMatcher(PROFILES.all(), SchemaCheck.ENFORCE);
    private final SubscriptionMatcher warning = new SubscriptionMatcher(PROFILES.all(), SchemaCheck.WARN);

    @Test
    void starMatchesEveryTypeThatTheProfileKnowsAndNoOther() {
        TenantEndpoints tenant = tenant(active("a", RINGYO, "*"), active("b", STANDARD, "*"));

        assertThat(enforcing.match(UNDOCUMENTED, tenant)).isEqualTo(deliver(active("b", STANDARD, "*")));
        assertThat(enforcing.match(RINGYO_CALL, tenant))
                .isEqualTo(deliver(active("a", RINGYO, "*"), active("b", STANDARD, "*")));
    }

    @Test
    void namedTypeThatTheProfileDoesNotKnowMatchesNothing() {
        TenantEndpoints tenant = tenant(active("a", RINGYO, "order.paid"), active("b", STANDARD, "order.paid"));

        assertThat(enforcing.match(UNDOCUMENTED, tenant)).isEqualTo(deliver(active("b", STANDARD, "order.paid")));
    }

    @Test
    void endpointsThatAreSwitchedOffOrDisabledAreSkipped() {
        Endpoint off = endpoint("a", RINGYO, Endpoint.State.INACTIVE, "*");
        Endpoint disabled = endpoint("b", RINGYO, Endpoint.State.DISABLED, "*");
        Endpoint active = active("c", RINGYO, "*");

        assertThat(enforcing.match(RINGYO_CALL, tenant(off, disabled, active)))
                .isEqualTo(new Verdict.Accepted(
                        List.of(active),
                        List.of(new Verdict.Skip(off, REASON_INACTIVE), new Verdict.Skip(disabled, REASON_DISABLED)),
                        List.of()));
    }

    @Test
    void eventGoesToTheProfilesThatItFitsAndTheOthersSkipIt() {
        Endpoint ringyo = active("a", RINGYO, "*");
        Endpoint ringTonic = active("b", RING_TONIC, "*");
        Endpoint standard = active("c", STANDARD, "*");
        TenantEndpoints tenant = tenant(ringyo, ringTonic, standard);

        assertThat(enforcing.match(RINGYO_CALL, tenant))
                .isEqualTo(new Verdict.Accepted(
                        List.of(ringyo, standard), List.of(new Verdict.Skip(ringTonic, REASON_INCOMPLETE)), List.of()));
        assertThat(enforcing.match(RING_TONIC_CALL, tenant))
                .isEqualTo(new Verdict.Accepted(
                        List.of(ringTonic, standard), List.of(new Verdict.Skip(ringyo, REASON_SCHEMA)), List.of()));
    }

    @Test
    void profileOfAnInactiveEndpointHasASayToo() {
        Endpoint off = endpoint("a", RINGYO, Endpoint.State.INACTIVE, "*");
        Endpoint ringTonic = active("b", RING_TONIC, "*");

        assertThat(enforcing.match(RINGYO_CALL, tenant(off, ringTonic)))
                .isEqualTo(new Verdict.Accepted(
                        List.of(),
                        List.of(new Verdict.Skip(off, REASON_INACTIVE), new Verdict.Skip(ringTonic, REASON_INCOMPLETE)),
                        List.of()));
    }

    @Test
    void eventThatFitsNoCandidateIsRejectedForTheFirstOnesProblem() {
        TenantEndpoints tenant = tenant(active("a", RING_TONIC, "*"), active("b", RINGYO, "*"));

        assertThat(enforcing.match(BROKEN_CALL_WITHOUT_WORKSPACE, tenant))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class, rejected -> assertProblem(rejected, "MISSING_FIELD", "/workspace"));
        assertThat(enforcing.match(BROKEN_CALL, tenant)).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.problem().reason()).isEqualTo(Problem.Reason.SCHEMA);
            assertThat(rejected.problem().message()).contains("ring-tonic");
        });
    }

    @Test
    void typeThatNobodyAskedForIsCheckedAgainstTheProfilesOfTheTenant() {
        TenantEndpoints tenant = tenant(active("a", RINGYO, "call.failed"), active("b", RINGYO, "credits.low"));

        assertThat(enforcing.match(RINGYO_CALL, tenant)).isEqualTo(deliver());
        assertThat(enforcing.match(BROKEN_CALL, tenant)).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void typeThatNoProfileOfTheTenantKnowsIsRejected() {
        assertThat(enforcing.match(UNDOCUMENTED, tenant(active("a", RINGYO, "*"))))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class, rejected -> assertProblem(rejected, "UNKNOWN_TYPE", "/type"));
    }

    @Test
    void eventOfATenantWithoutEndpointsIsCheckedWhereAProfileDocumentsItsType() {
        assertThat(enforcing.match(RINGYO_CALL, TenantEndpoints.NONE)).isEqualTo(deliver());
        assertThat(enforcing.match(RING_TONIC_CALL, TenantEndpoints.NONE)).isEqualTo(deliver());
        assertThat(enforcing.match(BROKEN_CALL, TenantEndpoints.NONE)).isInstanceOf(Verdict.Rejected.class);
        assertThat(enforcing.match(UNDOCUMENTED, TenantEndpoints.NONE)).isEqualTo(deliver());
    }

    @Test
    void warningDeliversInSpiteOfTheSchemaAndTellsOfEachBreach() {
        Endpoint ringyo = active("a", RINGYO, "*");
        Endpoint ringTonic = active("b", RING_TONIC, "*");

        Verdict verdict = warning.match(BROKEN_CALL, tenant(ringyo, ringTonic));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            assertThat(accepted.deliver()).containsExactly(ringyo, ringTonic);
            assertThat(accepted.skipped()).isEmpty();
            assertThat(accepted.tolerated())
                    .extracting(Problem::reason)
                    .containsExactly(Problem.Reason.SCHEMA, Problem.Reason.SCHEMA);
        });
    }

    @Test
    void warningDoesNotDeliverWhatHasNoWorkspaceToAProfileThatNeedsIt() {
        Endpoint ringyo = active("a", RINGYO, "*");
        Endpoint ringTonic = active("b", RING_TONIC, "*");

        assertThat(warning.match(RING_TONIC_CALL_WITHOUT_WORKSPACE, tenant(ringyo, ringTonic)))
                .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
                    assertThat(accepted.deliver()).containsExactly(ringyo);
                    assertThat(accepted.skipped()).containsExactly(new Verdict.Skip(ringTonic, REASON_INCOMPLETE));
                });
        assertThat(warning.match(RING_TONIC_CALL_WITHOUT_WORKSPACE, tenant(ringTonic)))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class, rejected -> assertProblem(rejected, "MISSING_FIELD", "/workspace"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                      | MISSING_FIELD | /workspace/id   | event_incomplete",
                "{\"id\":1}              | MISSING_FIELD | /workspace/name | event_incomplete",
                "{\"id\":[],\"name\":\"\"} | INVALID_FIELD | /workspace/id   | schema_mismatch",
            })
    void warningDoesNotDeliverAWorkspaceThatIsNone(String workspace, String problem, String pointer, String reason) {
        Endpoint ringyo = active("a", RINGYO, "*");
        Endpoint ringTonic = active("b", RING_TONIC, "*");
        DomainEvent event = parsed(event("evt_1", "call.completed", workspace, data(RING_TONIC, "call.completed")));

        assertThat(warning.match(event, tenant(ringyo, ringTonic)))
                .isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
                    assertThat(accepted.deliver()).containsExactly(ringyo);
                    assertThat(accepted.skipped()).containsExactly(new Verdict.Skip(ringTonic, reason));
                });
        assertThat(warning.match(event, tenant(ringTonic)))
                .isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> assertProblem(rejected, problem, pointer));
    }

    @Test
    void whatIsToldOfAnEndpointGoesToThoseThatNameItsTypeAndNeverToThatEndpoint() {
        DomainEvent disabled = parsed(about("wh_x", "endpoint.disabled"));
        Endpoint itself = active("wh_x", RINGYO, "endpoint.disabled");
        Endpoint everything = active("a", STANDARD, "*");
        Endpoint another = active("b", RINGYO, "*", "endpoint.disabled");
        Endpoint ofAnotherProfile = active("c", RING_TONIC, "endpoint.disabled");
        Endpoint otherType = active("d", RINGYO, "endpoint.failing");

        assertThat(enforcing.match(disabled, tenant(itself, everything, another, ofAnotherProfile, otherType)))
                .isEqualTo(deliver(another, ofAnotherProfile));
        assertThat(enforcing.match(disabled, tenant(itself))).isEqualTo(deliver());
        assertThat(enforcing.match(disabled, TenantEndpoints.NONE)).isEqualTo(deliver());
    }

    @Test
    void whatIsToldOfAnEndpointIsSkippedByThoseThatAreOff() {
        Endpoint off = endpoint("a", RINGYO, Endpoint.State.INACTIVE, "delivery.failed");
        Endpoint disabled = endpoint("b", RINGYO, Endpoint.State.DISABLED, "delivery.failed");

        assertThat(enforcing.match(parsed(about("wh_x", "delivery.failed")), tenant(off, disabled)))
                .isEqualTo(new Verdict.Accepted(
                        List.of(),
                        List.of(new Verdict.Skip(off, REASON_INACTIVE), new Verdict.Skip(disabled, REASON_DISABLED)),
                        List.of()));
    }

    /** A courier may well have a delivery.failed of its own. */
    @Test
    void anEventOfAProducerWithSuchATypeIsAnEventLikeAnyOther() {
        DomainEvent parcel = parsed(event("evt_1", "delivery.failed", null, "{}"));
        TenantEndpoints tenant =
                tenant(active("a", STANDARD, "*"), active("b", STANDARD, "delivery.failed"), active("c", RINGYO, "*"));

        assertThat(enforcing.match(parcel, tenant))
                .isEqualTo(deliver(active("a", STANDARD, "*"), active("b", STANDARD, "delivery.failed")));
    }

    private static void assertProblem(Verdict.Rejected rejected, String reason, String pointer) {
        assertThat(rejected.problem().reason()).isEqualTo(Problem.Reason.valueOf(reason));
        assertThat(rejected.problem().pointer()).isEqualTo(pointer);
    }

    private static Verdict deliver(Endpoint... endpoints) {
        return new Verdict.Accepted(List.of(endpoints), List.of(), List.of());
    }

    private static TenantEndpoints tenant(Endpoint... endpoints) {
        return new TenantEndpoints(List.of(endpoints));
    }

    private static Endpoint active(String webhookId, LoadedProfile profile, String... events) {
        return endpoint(webhookId, profile, Endpoint.State.ACTIVE, events);
    }

    private static Endpoint endpoint(String webhookId, LoadedProfile profile, Endpoint.State state, String... events) {
        return new Endpoint(new EndpointId("acme", webhookId), profile, Set.of(events), 1, state);
    }
}
