package dev.hookswitch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.access.Caller;
import dev.hookswitch.common.access.RateLimit;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.model.TenantRow.Limits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IngestSettingsTest {
    @Test
    void namesEveryProblemAtOnce() {
        Settings wrong = Settings.of(
                Map.of("ingest.requests-per-second", "0", "ingest.port", "65536", "events.max-bytes", "many"));

        assertThatThrownBy(() -> IngestRole.create(wrong, new SimpleMeterRegistry()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("ingest.requests-per-second", "ingest.port", "events.max-bytes");
    }

    @Test
    void aTenantsOwnLimitComesBeforeTheDeployments() {
        IngestSettings settings = IngestSettings.of(Settings.of(Map.of("ingest.requests-per-second", "50")));

        assertThat(settings.limit(caller(Optional.empty()))).isEqualTo(RateLimit.perSecond(50));
        assertThat(settings.limit(caller(Optional.of(tenant(Limits.NONE))))).isEqualTo(RateLimit.perSecond(50));
        assertThat(settings.limit(caller(Optional.of(tenant(new Limits(null, 7, 3))))))
                .isEqualTo(RateLimit.perSecond(3));
    }

    private static Caller caller(Optional<TenantRow> tenant) {
        return new Caller(TestKeys.makeProducer().row(), tenant);
    }

    private static TenantRow tenant(Limits limits) {
        return new TenantRow("acme", "ringyo", null, true, limits, 1, 0, 0);
    }
}
