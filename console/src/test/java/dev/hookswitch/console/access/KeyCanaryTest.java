package dev.hookswitch.console.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.console.LogCapture;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A key is made and used in every way there is, then everything that was written is searched for it. */
@ExtendWith(KafkaExtension.class)
class KeyCanaryTest {
    private static final Actor ANN = new Actor("operator:ann", null);

    private final Deployment deployment;

    KeyCanaryTest(KafkaCluster kafka, @TempDir Path folder) {
        this.deployment = Deployment.ready(kafka, folder);
    }

    @Test
    void noKeyInTheClearInTopicsLogsOrTexts() {
        List<String> written = new ArrayList<>();
        try (LogCapture log = LogCapture.of("dev.hookswitch", "org.apache.kafka.clients")) {
            String key = play(written);
            written.addAll(log.lines());
            for (String topic : List.of(
                    deployment.topics().tenants(),
                    deployment.topics().apiKeys(),
                    deployment.topics().audit())) {
                deployment.kafka().readAll(topic).forEach(record -> {
                    written.add(new String(record.key(), ISO_8859_1));
                    written.add(new String(record.value(), ISO_8859_1));
                });
            }

            // Without these the search would prove nothing.
            assertThat(written).anyMatch(text -> text.contains("KEY_CREATED tenant=acme"));
            assertThat(written).anyMatch(text -> text.contains("\"mac\""));
            String random = key.substring("vb_live_".length());
            for (int i = 0; i + 8 <= random.length(); i++) {
                String part = random.substring(i, i + 8);
                assertThat(written).noneMatch(text -> text.contains(part));
            }
        }
    }

    private String play(List<String> written) {
        try (AccessAdmin admin = AccessAdmin.open(deployment.settings(), Clock.systemUTC(), new SecureRandom())) {
            written.add(admin.createTenant(new NewTenant("acme", "ringyo", Optional.empty(), true, Limits.NONE), ANN)
                    .toString());
            CreatedKey created =
                    admin.createKey(new NewKey("acme", "crm", Set.of(Scope.EVENTS_WRITE), Optional.empty()), ANN);
            written.add(created.toString());
            written.add(admin.keys(Optional.empty()).toString());
            String key = created.key().reveal();
            // By mistake in the place of the id.
            assertThatThrownBy(() -> admin.revokeKey(key, ANN)).satisfies(refused -> written.add(refused.toString()));
            written.add(admin.revokeKey(created.row().keyId(), ANN).toString());
            return key;
        }
    }
}
