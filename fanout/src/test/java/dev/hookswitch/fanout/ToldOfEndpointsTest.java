package dev.hookswitch.fanout;

import static dev.hookswitch.fanout.Samples.RINGYO;
import static dev.hookswitch.fanout.Samples.RING_TONIC;
import static dev.hookswitch.fanout.Samples.STANDARD;
import static dev.hookswitch.fanout.Samples.about;
import static dev.hookswitch.fanout.Samples.disabled;
import static dev.hookswitch.fanout.Samples.subscription;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks that tell of another endpoint of the tenant. */
class ToldOfEndpointsTest {
    private final FanoutDriver fanout = new FanoutDriver();

    @AfterEach
    void close() {
        fanout.close();
    }

    @Test
    void theBodyIsInTheEnvelopeOfTheEndpointThatIsTold() {
        fanout.subscribe(
                subscription("wh_a", RINGYO, "endpoint.disabled"),
                subscription("wh_b", RING_TONIC, "endpoint.disabled"),
                subscription("wh_c", STANDARD, "endpoint.disabled"));
        fanout.event(about("wh_x", "endpoint.disabled"));

        assertThat(fanout.deliveries().stream().map(record -> new String(record.value(), UTF_8)))
                .containsExactly(
                        "{\"event\":\"endpoint.disabled\",\"timestamp\":\"2026-01-15T14:30:00Z\",\"webhook_id\":\"wh_a\","
                                + "\"data\":{\"webhook_id\":\"wh_x\"}}",
                        "{\"event\":\"endpoint.disabled\",\"created_at\":\"2026-01-15T14:30:00+00:00\","
                                + "\"workspace\":null,\"data\":{\"webhook_id\":\"wh_x\"}}",
                        "{\"type\":\"endpoint.disabled\",\"timestamp\":\"2026-01-15T14:30:00.000Z\","
                                + "\"data\":{\"webhook_id\":\"wh_x\"}}");
        assertThat(fanout.refused()).isEmpty();
    }

    @Test
    void twoEndpointsThatWatchEachOtherAreEachToldOfTheOther() {
        fanout.subscribe(
                subscription("wh_a", RINGYO, "delivery.failed"), subscription("wh_b", RINGYO, "delivery.failed"));

        fanout.event(about("wh_a", "delivery.failed"));
        assertThat(fanout.deliveredTo()).containsExactly("wh_b");
        fanout.event(about("wh_b", "delivery.failed"));
        assertThat(fanout.deliveredTo()).containsExactly("wh_a");
    }

    @Test
    void whatNobodyAskedForIsNoDeadLetter() {
        fanout.subscribe(subscription("wh_a", RINGYO, "*"));
        fanout.event(about("wh_x", "endpoint.recovered"));

        assertThat(fanout.deliveries()).isEmpty();
        assertThat(fanout.refused()).isEmpty();
        assertThat(fanout.count("unmatched")).isEqualTo(1);
    }

    @Test
    void whatADisabledEndpointShouldHaveBeenToldIsSkipped() {
        fanout.subscribe(subscription("wh_a", RINGYO, "endpoint.disabled"));
        fanout.status(disabled("wh_a", 1));
        fanout.event(about("wh_x", "endpoint.disabled"));

        assertThat(fanout.skipped()).containsExactly("wh_a endpoint_disabled");
    }
}
