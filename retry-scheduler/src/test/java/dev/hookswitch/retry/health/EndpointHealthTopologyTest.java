package dev.hookswitch.retry.health;

import static dev.hookswitch.common.model.AttemptResult.GONE;
import static dev.hookswitch.common.model.AttemptResult.SERVER_ERROR;
import static dev.hookswitch.retry.health.Attempts.activation;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.Wire;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointHealthTopologyTest {
    private final HealthDriver driver;

    EndpointHealthTopologyTest(@TempDir Path stateFolder) {
        driver = new HealthDriver(stateFolder);
    }

    @AfterEach
    void closeDriver() {
        driver.close();
    }

    @Test
    void tellsEachFailureInARowUntilTheEndpointIsDisabledAndNothingAfterThat() {
        for (int i = 0; i < 12; i++) {
            driver.pipe(activation(1).failed(SERVER_ERROR));
        }
        driver.pipe(activation(1).success());

        assertThat(driver.statuses())
                .hasSize(10)
                .startsWith("acme/wh_1@1 failing 1", "acme/wh_1@1 failing 2")
                .endsWith("acme/wh_1@1 failing 9", "acme/wh_1@1 disabled 10");
        assertThat(driver.count("transitions", "to", "disabled")).isEqualTo(1);
    }

    @Test
    void saysNothingOfAnEndpointThatIsWell() {
        driver.pipe(activation(1).success());
        driver.pipe(activation(1).success());
        driver.pipe(activation(2).success());

        assertThat(driver.statuses()).isEmpty();
    }

    @Test
    void tellsARecoveryOnceAndCountsAnew() {
        driver.pipe(activation(1).failed(SERVER_ERROR));
        driver.pipe(activation(1).success());
        driver.pipe(activation(1).success());
        driver.pipe(activation(1).failed(SERVER_ERROR));

        assertThat(driver.statuses())
                .containsExactly("acme/wh_1@1 failing 1", "acme/wh_1@1 healthy", "acme/wh_1@1 failing 1");
    }

    @Test
    void aSuccessOfANewerActivationEndsADisablingAndOlderRowsDoNotReturnToIt() {
        Attempts standard = activation(1).withProfile("standard");
        driver.pipe(standard.exhausted(GONE));
        driver.pipe(activation(2).withProfile("standard").success());
        driver.pipe(standard.exhausted(GONE));

        assertThat(driver.statuses()).containsExactly("acme/wh_1@1 disabled 1", "acme/wh_1@2 healthy");
    }

    @Test
    void countsTheSameWebhookIdOfTwoTenantsApart() {
        driver.pipe(activation(1).of("a", "wh").failed(SERVER_ERROR));
        driver.pipe(activation(1).of("b", "wh").failed(SERVER_ERROR));

        assertThat(driver.statuses()).containsExactly("a/wh@1 failing 1", "b/wh@1 failing 1");
    }

    @Test
    void eachProfileCountsInItsOwnUnit() {
        driver.pipe(activation(1).withProfile("ring-tonic").failed(SERVER_ERROR));
        assertThat(driver.statuses()).isEmpty();

        driver.pipe(activation(1).withProfile("ring-tonic").exhausted(SERVER_ERROR));
        assertThat(driver.statuses()).containsExactly("acme/wh_1@1 failing 1");
    }

    @Test
    void anUnknownProfileIsCountedAndTreatedAsStandard() {
        driver.pipe(activation(1).withProfile("nobody").failed(GONE));

        assertThat(driver.statuses()).containsExactly("acme/wh_1@1 disabled 0");
        assertThat(driver.count("unknown.profile")).isEqualTo(1);
    }

    @Test
    void garbageIsCountedAndWhatFollowsIsStillRead() {
        driver.pipe("no json".getBytes(UTF_8));
        driver.pipe("{}".getBytes(UTF_8));
        driver.pipe("null".getBytes(UTF_8));
        driver.pipe(without("event_id"));
        driver.pipe(without("event_type"));
        byte[] none = null;
        driver.pipe(none);
        driver.pipe(activation(1).of("", "wh_1").failed(SERVER_ERROR));
        driver.pipe(activation(1).of("a/b", "wh_1").failed(SERVER_ERROR));
        driver.pipe(activation(1).failed(SERVER_ERROR));

        assertThat(driver.statuses()).containsExactly("acme/wh_1@1 failing 1");
        assertThat(driver.count("garbage")).isEqualTo(8);
    }

    private static byte[] without(String field) {
        String row = new String(Wire.write(activation(1).exhausted(SERVER_ERROR)), UTF_8);
        assertThat(row).contains("\"" + field + "\"");
        return row.replace("\"" + field + "\"", "\"other\"").getBytes(UTF_8);
    }
}
