package dev.hookswitch.retry.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.retry.health.EndpointHealth.Disabled;
import dev.hookswitch.retry.health.EndpointHealth.Failing;
import dev.hookswitch.retry.health.EndpointHealth.Healthy;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointHealthTest {
    private static final EndpointId ENDPOINT = new EndpointId("acme", "wh_1");
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

    static Stream<EndpointHealth> states() {
        return Stream.of(new Healthy(4, AT), new Failing(4, AT, 7), new Disabled(4, AT, Disabled.GONE, 2));
    }

    @ParameterizedTest
    @MethodSource("states")
    void everyStateSurvivesItsWayThroughTheTopic(EndpointHealth state) {
        byte[] json = Wire.write(state.toStatus(ENDPOINT));

        assertThat(EndpointHealth.of(Wire.read(json, EndpointStatus.class))).isEqualTo(state);
    }

    @Test
    void aStateThatANewerVersionWroteIsAsIfNothingWereKnown() {
        byte[] json = """
                {"tenant":"acme","webhook_id":"wh_1","activation":4,"state":"dozing","consecutive_failures":0,"since_ms":5}
                """.getBytes(UTF_8);

        assertThat(EndpointHealth.of(Wire.read(json, EndpointStatus.class))).isNull();
    }
}
