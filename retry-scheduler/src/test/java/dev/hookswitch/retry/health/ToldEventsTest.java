package dev.hookswitch.retry.health;

import static dev.hookswitch.common.model.AttemptResult.SERVER_ERROR;
import static dev.hookswitch.common.model.EndpointEvent.Type.DELIVERY_FAILED;
import static dev.hookswitch.common.model.EndpointEvent.Type.ENDPOINT_DISABLED;
import static dev.hookswitch.common.model.EndpointEvent.Type.ENDPOINT_ENABLED;
import static dev.hookswitch.common.model.EndpointEvent.Type.ENDPOINT_FAILING;
import static dev.hookswitch.common.model.EndpointEvent.Type.ENDPOINT_RECOVERED;
import static dev.hookswitch.retry.health.Attempts.activation;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointEvent;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to {@code events} for the endpoints that ask to be told of others. */
class ToldEventsTest {
    private static final String[] EVERY_TYPE = {
        "endpoint.failing", "endpoint.disabled", "endpoint.enabled", "endpoint.recovered", "delivery.failed"
    };

    private final HealthDriver driver;

    ToldEventsTest(@TempDir Path stateFolder) {
        driver = new HealthDriver(stateFolder);
    }

    @AfterEach
    void closeDriver() {
        driver.close();
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            driver.pipe(activation(1).failed(SERVER_ERROR));
        }
    }

    private List<String> toldTypes() {
        return driver.events().stream().map(told -> parsed(told).type()).toList();
    }

    private static DomainEvent parsed(KeyValue<String, byte[]> told) {
        DomainEvent event = ((ParsedEvent.Accepted) new EventParser(10_000).parse(told.value)).event();
        assertThat(told.key).isEqualTo(event.tenant());
        return event;
    }

    /** Attempts of a delivery that tells of another endpoint. */
    private static Attempts telling(long activation) {
        AttemptRow cause = activation(1).of("acme", "wh_9").exhausted(SERVER_ERROR);
        return activation(activation).ofEvent(EndpointEvent.id(DELIVERY_FAILED, cause), "delivery.failed");
    }

    @Test
    void aTenantIsToldOfOneEndpointAtAnother() {
        driver.subscribe("acme", "wh_1", "call.completed");
        driver.subscribe("acme", "wh_2", "endpoint.disabled");
        failTimes(10);

        List<KeyValue<String, byte[]>> told = driver.events();
        List<EndpointEvent> rows = driver.endpointEvents();
        assertThat(told).hasSize(1);
        DomainEvent event = parsed(told.get(0));
        EndpointEvent row = rows.get(rows.size() - 1);
        assertThat(event.id()).isEqualTo(row.id()).startsWith("oev_");
        assertThat(event.type()).isEqualTo("endpoint.disabled");
        assertThat(event.tenant()).isEqualTo("acme");
        assertThat(event.aboutEndpoint()).isEqualTo("wh_1");
        assertThat(event.occurredAt()).isEqualTo(Attempts.AT);
        assertThat(event.workspaceJson()).isNull();
        assertThat(new String(event.dataJson(), UTF_8))
                .isEqualTo("{\"webhook_id\":\"wh_1\",\"consecutive_failures\":10,\"threshold\":10,"
                        + "\"counting\":\"attempts\",\"failing_since\":\"2023-11-14T22:13:20.500Z\","
                        + "\"reason\":\"consecutive_failures\",\"delivery_id\":\"msg_1\",\"event_id\":\"evt_1\","
                        + "\"event_type\":\"call.completed\",\"attempts\":1,\"result\":\"server_error\"}");
    }

    @Test
    void everyTypeCanBeAskedFor() {
        driver.subscribe("acme", "wh_2", EVERY_TYPE);
        failTimes(5);
        driver.pipe(activation(1).success());
        failTimes(9);
        driver.pipe(activation(1).exhausted(SERVER_ERROR));
        driver.pipe(activation(2).success());

        assertThat(toldTypes())
                .containsExactly(
                        "endpoint.failing",
                        "endpoint.recovered",
                        "endpoint.failing",
                        "endpoint.failing",
                        "endpoint.failing",
                        "delivery.failed",
                        "endpoint.disabled",
                        "endpoint.enabled");
    }

    @Test
    void nothingIsToldThatNoOtherEndpointOfTheTenantNames() {
        driver.subscribe("acme", "wh_1", EVERY_TYPE);
        driver.subscribe("acme", "wh_2", "*");
        driver.subscribe("acme", "wh_3", "endpoint.recovered");
        driver.subscribe("other", "wh_4", EVERY_TYPE);
        driver.subscribe("acme", "wh_5", EVERY_TYPE);
        driver.unsubscribe("acme", "wh_5");
        failTimes(9);
        driver.pipe(activation(1).exhausted(SERVER_ERROR));

        assertThat(driver.endpointEvents()).hasSize(5);
        assertThat(driver.events()).isEmpty();
    }

    @Test
    void aFailedTellingIsNotTold() {
        driver.subscribe("acme", "wh_2", EVERY_TYPE);
        driver.pipe(telling(1).exhausted(SERVER_ERROR));

        assertThat(driver.endpointEvents()).isEmpty();
        assertThat(driver.events()).isEmpty();
    }

    /** All attempts here are of tellings, as when two endpoints do nothing but watch each other. */
    @Test
    void whatTellingChangesIsToldOnlyWhereItCannotGoOnForEver() {
        driver.subscribe("acme", "wh_2", EVERY_TYPE);
        for (int i = 0; i < 5; i++) {
            driver.pipe(telling(1).failed(SERVER_ERROR));
        }
        driver.pipe(telling(1).success());
        for (int i = 0; i < 10; i++) {
            driver.pipe(telling(1).failed(SERVER_ERROR));
        }
        driver.pipe(telling(2).success());

        assertThat(driver.endpointEvents())
                .extracting(EndpointEvent::type)
                .containsExactly(
                        ENDPOINT_FAILING,
                        ENDPOINT_RECOVERED,
                        ENDPOINT_FAILING,
                        ENDPOINT_FAILING,
                        ENDPOINT_FAILING,
                        ENDPOINT_DISABLED,
                        ENDPOINT_ENABLED);
        assertThat(toldTypes()).containsExactly("endpoint.disabled", "endpoint.enabled");
    }

    @Test
    void anEventOfAProducerWithTheSameTypeIsAnEventLikeAnyOther() {
        driver.subscribe("acme", "wh_2", EVERY_TYPE);
        driver.pipe(activation(1).ofEvent("evt_1", "delivery.failed").exhausted(SERVER_ERROR));

        assertThat(toldTypes()).containsExactly("delivery.failed");
    }
}
