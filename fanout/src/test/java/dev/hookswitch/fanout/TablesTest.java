package dev.hookswitch.fanout;

import static dev.hookswitch.fanout.Samples.RINGYO;
import static dev.hookswitch.fanout.Samples.STANDARD;
import static dev.hookswitch.fanout.Samples.TENANT;
import static dev.hookswitch.fanout.Samples.disabled;
import static dev.hookswitch.fanout.Samples.event;
import static dev.hookswitch.fanout.Samples.status;
import static dev.hookswitch.fanout.Samples.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Wire;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TablesTest {
    private final FanoutDriver fanout = new FanoutDriver();

    @AfterEach
    void close() {
        fanout.close();
    }

    @Test
    void subscriptionTakesEffectAtTheNextEvent() {
        fanout.event(event("evt_1", RINGYO, "call.failed"));
        fanout.subscribe(subscription("wh_1", RINGYO, "call.failed"));
        fanout.event(event("evt_2", RINGYO, "call.failed"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_1");
        assertThat(fanout.count("unmatched")).isEqualTo(1);
        assertThat(fanout.endpoints()).isEqualTo(1);
    }

    @Test
    void changedEventsTakeEffect() {
        fanout.subscribe(subscription("wh_1", RINGYO, "call.failed"));
        fanout.event(event("evt_1", RINGYO, "call.failed"));
        fanout.subscribe(subscription("wh_1", RINGYO, "call.answered"));
        fanout.event(event("evt_2", RINGYO, "call.failed"));
        fanout.event(event("evt_3", RINGYO, "call.answered"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_1", "wh_1");
        assertThat(fanout.count("unmatched")).isEqualTo(1);
    }

    @Test
    void tombstoneRemovesTheSubscription() {
        fanout.subscribe(subscription("wh_1", RINGYO, "*"), subscription("wh_2", RINGYO, "*"));
        fanout.unsubscribe(new EndpointId(TENANT, "wh_1"));
        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_2");
        assertThat(fanout.endpoints()).isEqualTo(1);
    }

    @Test
    void endpointThatItsTenantSwitchedOffIsSkippedUntilSwitchedOn() {
        fanout.subscribe(Samples.subscription(TENANT, "wh_1", "ringyo", Set.of("*"), false, 1));
        fanout.event(event("evt_1", RINGYO, "call.failed"));
        fanout.subscribe(Samples.subscription(TENANT, "wh_1", "ringyo", Set.of("*"), true, 2));
        fanout.event(event("evt_2", RINGYO, "call.failed"));

        assertThat(fanout.skipped()).containsExactly("wh_1 endpoint_inactive");
        assertThat(fanout.deliveredTo()).containsExactly("wh_1");
    }

    @Test
    void disabledEndpointIsSkippedUntilItsActivationRises() {
        fanout.subscribe(subscription("wh_1", RINGYO, "*"), subscription("wh_2", RINGYO, "*"));
        fanout.status(disabled("wh_1", 1));
        fanout.event(event("evt_1", RINGYO, "call.failed"));
        assertThat(fanout.skipped()).containsExactly("wh_1 endpoint_disabled");
        assertThat(fanout.deliveredTo()).containsExactly("wh_2");

        fanout.subscribe(Samples.subscription(TENANT, "wh_1", "ringyo", Set.of("*"), true, 2));
        fanout.event(event("evt_2", RINGYO, "call.failed"));
        assertThat(fanout.skipped()).isEmpty();
        assertThat(fanout.deliveredTo()).containsExactly("wh_1", "wh_2");

        fanout.status(disabled("wh_1", 2));
        fanout.event(event("evt_3", RINGYO, "call.failed"));
        assertThat(fanout.skipped()).containsExactly("wh_1 endpoint_disabled");
    }

    @Test
    void statusThatComesBeforeItsSubscriptionCounts() {
        fanout.status(disabled("wh_1", 1));
        fanout.subscribe(subscription("wh_1", RINGYO, "*"));
        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(fanout.skipped()).containsExactly("wh_1 endpoint_disabled");
    }

    @Test
    void failingEndpointGetsDeliveries() {
        fanout.subscribe(subscription("wh_1", RINGYO, "*"));
        fanout.status(disabled("wh_1", 1));
        fanout.status(status("wh_1", 1, EndpointStatus.State.FAILING, 3));
        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_1");
    }

    @Test
    void tombstoneOfAStatusEnables() {
        fanout.subscribe(subscription("wh_1", RINGYO, "*"));
        fanout.status(disabled("wh_1", 1));
        fanout.table(fanout.topics.endpointStatus(), "acme/wh_1", null);
        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_1");
    }

    @Test
    void garbageInTheTablesIsCountedAndLeavesEndpointsAsTheyWere() {
        fanout.subscribe(subscription("wh_1", RINGYO, "*"));
        byte[] good = Wire.write(subscription("wh_2", RINGYO, "*"));
        byte[] unknownProfile =
                Wire.write(Samples.subscription(TENANT, "wh_1", "no-such-profile", Set.of("*"), true, 1));
        for (String topic : new String[] {fanout.topics.subscriptions(), fanout.topics.endpointStatus()}) {
            fanout.table(topic, "acme/wh_1", "not json".getBytes(UTF_8));
            fanout.table(topic, "acme/wh_1", "{}".getBytes(UTF_8));
            fanout.table(topic, "acme/wh_1", "null".getBytes(UTF_8));
            fanout.table(topic, "acme/wh_1", new byte[0]);
            fanout.table(topic, "no slash", good);
            fanout.table(topic, null, good);
            fanout.table(topic, "no slash", null);
        }
        fanout.table(fanout.topics.subscriptions(), "acme/wh_3", good);
        fanout.table(fanout.topics.subscriptions(), "acme/wh_1", unknownProfile);

        fanout.event(event("evt_1", RINGYO, "call.failed"));

        assertThat(fanout.deliveredTo()).containsExactly("wh_1");
        for (String table : new String[] {"subscriptions", "endpoint-status"}) {
            assertThat(fanout.count("table.errors", "table", table, "reason", "value"))
                    .isEqualTo(4);
            assertThat(fanout.count("table.errors", "table", table, "reason", "key"))
                    .isEqualTo(3);
        }
        assertThat(fanout.count("table.errors", "table", "subscriptions", "reason", "key_mismatch"))
                .isEqualTo(1);
        assertThat(fanout.count("table.errors", "table", "subscriptions", "reason", "profile"))
                .isEqualTo(1);
    }

    @Test
    void keepsNeitherSecretsNorUrls() {
        fanout.subscribe(subscription("wh_1", STANDARD, "*"));

        assertThat(fanout.storedRecords()).isZero();
    }
}
