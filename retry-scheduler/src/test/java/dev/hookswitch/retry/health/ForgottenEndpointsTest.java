package dev.hookswitch.retry.health;

import static dev.hookswitch.common.model.AttemptResult.SERVER_ERROR;
import static dev.hookswitch.retry.health.Attempts.activation;
import static dev.hookswitch.retry.health.EndpointHealthProcessor.SWEEP_INTERVAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleted endpoints leave nothing behind. */
class ForgottenEndpointsTest {
    private final HealthDriver driver;

    ForgottenEndpointsTest(@TempDir Path stateFolder) {
        driver = new HealthDriver(stateFolder);
    }

    @BeforeEach
    void oneEndpointFails() {
        driver.subscribe("acme", "wh_1", "*");
        driver.pipe(activation(1).failed(SERVER_ERROR));
        assertThat(driver.statuses()).containsExactly("acme/wh_1@1 failing 1");
    }

    @AfterEach
    void closeDriver() {
        driver.close();
    }

    @Test
    void anEndpointThatIsThereIsNeverForgotten() {
        driver.sweep(20);

        assertThat(driver.statuses()).isEmpty();
        assertThat(driver.remembered()).isEqualTo(1);
    }

    @Test
    void aDeletedEndpointIsForgottenWithinTwoSweeps() {
        driver.unsubscribe("acme", "wh_1");

        driver.sweep(1);
        driver.pass(SWEEP_INTERVAL.minus(Duration.ofMillis(1)));
        assertThat(driver.statuses()).isEmpty();
        driver.pass(Duration.ofMillis(1));
        assertThat(driver.statuses()).containsExactly("acme/wh_1 deleted");
        assertThat(driver.remembered()).isZero();
        assertThat(driver.count("forgotten")).isEqualTo(1);

        driver.sweep(20);
        assertThat(driver.statuses()).isEmpty();
    }

    @Test
    void theLastAttemptOfADeletedEndpointIsForgottenInItsTurn() {
        driver.unsubscribe("acme", "wh_1");
        driver.sweep(2);
        driver.pipe(activation(1).failed(SERVER_ERROR));
        driver.sweep(2);

        assertThat(driver.statuses())
                .containsExactly("acme/wh_1 deleted", "acme/wh_1@1 failing 1", "acme/wh_1 deleted");
    }

    @Test
    void anEndpointWhoseSubscriptionComesAfterItsFirstAttemptIsKept() {
        driver.pipe(activation(1).of("acme", "wh_2").failed(SERVER_ERROR));
        driver.sweep(1);
        driver.subscribe("acme", "wh_2", "*");
        driver.sweep(3);

        assertThat(driver.statuses()).containsExactly("acme/wh_2@1 failing 1");
    }

    @Test
    void aSubscriptionThatIsNotUnderstoodDeletesNothing() {
        driver.subscription("acme/wh_1", "no json".getBytes(UTF_8));
        driver.subscription("no key", null);
        driver.sweep(3);

        assertThat(driver.statuses()).isEmpty();
        assertThat(driver.count("table.errors")).isEqualTo(2);
    }
}
