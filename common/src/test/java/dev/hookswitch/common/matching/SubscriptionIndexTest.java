package dev.hookswitch.common.matching;

import static dev.hookswitch.common.matching.Samples.RINGYO;
import static dev.hookswitch.common.matching.Samples.RING_TONIC;
import static dev.hookswitch.common.matching.Samples.STANDARD;
import static dev.hookswitch.common.matching.Samples.TENANT;
import static dev.hookswitch.common.matching.Samples.disabled;
import static dev.hookswitch.common.matching.Samples.status;
import static dev.hookswitch.common.matching.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriptionIndexTest {
    private final SubscriptionIndex index = new SubscriptionIndex();

    @Test
    void findsEndpointsByTypeInTheOrderOfTheirIds() {
        index.put(subscription("c", RINGYO, "call.failed"), RINGYO);
        index.put(subscription("a", RINGYO, "*"), RINGYO);
        index.put(subscription("b", RING_TONIC, "*"), RING_TONIC);
        index.put(subscription("d", STANDARD, "*"), STANDARD);

        assertThat(ids("call.failed")).containsExactly("a", "c", "d");
        assertThat(ids("call.missed")).containsExactly("b", "d");
        assertThat(ids("call.completed")).containsExactly("a", "b", "d");
        assertThat(ids("order.paid")).containsExactly("d");
        assertThat(index.of(TENANT).profiles()).containsExactly(RINGYO, RING_TONIC, STANDARD);
        assertThat(index.of(TENANT).subscribersOf("call.failed").profiles()).containsExactly(RINGYO, STANDARD);
    }

    @Test
    void tenantsDoNotSeeEachOther() {
        index.put(subscription("a", RINGYO, "*"), RINGYO);
        index.put(Samples.subscription("acme2", "a", "ringyo", Set.of("*"), true, 1), RINGYO);

        index.removeSubscription(new EndpointId("acme2", "a"));

        assertThat(ids("call.failed")).containsExactly("a");
        assertThat(index.of("acme2").isEmpty()).isTrue();
        assertThat(index.of("acm").isEmpty()).isTrue();
        assertThat(index.size()).isEqualTo(1);
    }

    @Test
    void viewIsKeptUntilSomethingThatMattersChanges() {
        index.put(subscription("a", RINGYO, "*"), RINGYO);
        TenantEndpoints view = index.of(TENANT);

        index.put(subscription("a", RINGYO, "*"), RINGYO);
        index.put(status("a", 1, EndpointStatus.State.FAILING, 3));
        index.put(Samples.subscription("other", "b", "ringyo", Set.of("*"), true, 1), RINGYO);
        assertThat(index.of(TENANT)).isSameAs(view);

        index.put(disabled("a", 1));
        assertThat(index.of(TENANT)).isNotSameAs(view);
        assertThat(view.subscribersOf("call.failed").endpoints().get(0).state()).isEqualTo(Endpoint.State.ACTIVE);
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        index.removeSubscription(new EndpointId(TENANT, "a"));
        index.removeStatus(new EndpointId(TENANT, "a"));

        assertThat(index.size()).isZero();
        assertThat(index.of(TENANT)).isSameAs(TenantEndpoints.NONE);
    }

    @Test
    void statusDisablesItsActivationAndThoseBefore() {
        index.put(disabled("a", 2));
        for (long activation = 1; activation <= 3; activation++) {
            index.put(Samples.subscription(TENANT, "a", "ringyo", Set.of("*"), true, activation), RINGYO);

            assertThat(state()).isEqualTo(activation <= 2 ? Endpoint.State.DISABLED : Endpoint.State.ACTIVE);
        }
    }

    @Test
    void switchedOffComesBeforeDisabled() {
        index.put(disabled("a", 1));
        index.put(Samples.subscription(TENANT, "a", "ringyo", Set.of("*"), false, 1), RINGYO);

        assertThat(state()).isEqualTo(Endpoint.State.INACTIVE);
    }

    @Test
    void deletedAndRegisteredAgainIsAsNew() {
        index.put(subscription("a", RINGYO, "*"), RINGYO);
        index.put(disabled("a", 1));
        index.removeSubscription(new EndpointId(TENANT, "a"));
        index.removeStatus(new EndpointId(TENANT, "a"));
        index.put(subscription("a", RINGYO, "*"), RINGYO);

        assertThat(state()).isEqualTo(Endpoint.State.ACTIVE);
        assertThat(index.size()).isEqualTo(1);
    }

    private Endpoint.State state() {
        return index.of(TENANT).subscribersOf("call.failed").endpoints().get(0).state();
    }

    private List<String> ids(String eventType) {
        return index.of(TENANT).subscribersOf(eventType).endpoints().stream()
                .map(endpoint -> endpoint.id().webhookId())
                .toList();
    }
}
