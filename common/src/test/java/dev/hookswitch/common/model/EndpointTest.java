package dev.hookswitch.common.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @Test
    void theKeyNamesTenantAndWebhookAndReadsBack() {
        EndpointId id = new EndpointId("acme:eu", "wh_1/x");
        assertThat(id.topicKey()).isEqualTo("acme:eu/wh_1/x");
        assertThat(EndpointId.parse(id.topicKey())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "acme", "acme/", "/wh_1"})
    void aKeyWithoutBothPartsIsRefused(String key) {
        assertThatThrownBy(() -> EndpointId.parse(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key must be tenant/webhook_id, was: " + key);
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLED, 4, true",
        "DISABLED, 5, true",
        "DISABLED, 6, false",
        "FAILING,  5, false",
        "HEALTHY,  5, false",
        "UNKNOWN,  5, false",
    })
    void aStatusDisablesItsActivationAndOlderOnes(EndpointStatus.State state, long activation, boolean disabled) {
        EndpointStatus status = new EndpointStatus("acme", "wh_1", 5, state, 10, null, 0);
        assertThat(status.disables(activation)).isEqualTo(disabled);
    }

    @Test
    void onlyFailuresOfTheEndpointCountAgainstIt() {
        Set<AttemptResult> counted = EnumSet.noneOf(AttemptResult.class);
        for (AttemptResult result : AttemptResult.values()) {
            if (result.countsAgainstEndpoint()) {
                counted.add(result);
            }
        }
        assertThat(counted)
                .isEqualTo(EnumSet.complementOf(
                        EnumSet.of(AttemptResult.SUCCESS, AttemptResult.INTERNAL, AttemptResult.UNKNOWN)));
    }

    @Test
    void aDeliveryCountsItsAttemptsFromOne() {
        assertThatThrownBy(() -> new Delivery(
                        "msg_1", new EndpointId("a", "w"), "e", "t", "p", 0, 0, 0, 1, 0, 0, null, null, false, null))
                .hasMessage("attempt must be 1 or more, was 0");
    }
}
