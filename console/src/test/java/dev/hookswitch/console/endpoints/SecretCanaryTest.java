package dev.hookswitch.console.endpoints;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.console.LogCapture;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A secret is planted, then everything that was written is searched for it. */
@ExtendWith(KafkaExtension.class)
class SecretCanaryTest {
    private static final Asked BY = Asked.by(new Actor("operator:ann", null));
    private static final byte[] KEY = "canary-canary-canary-canary-0123".getBytes(UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    private final Deployment deployment;

    SecretCanaryTest(KafkaCluster kafka, @TempDir Path folder) {
        this.deployment = Deployment.ready(kafka, folder);
    }

    @Test
    void noSecretInTheClearInTopicsLogsOrTexts() {
        List<String> written = new ArrayList<>();
        try (LogCapture log = LogCapture.of("dev.hookswitch", "org.apache.kafka.clients")) {
            String generated = play(written);
            written.addAll(log.lines());
            deployment.kafka().readAll(deployment.topics().subscriptions()).forEach(record -> {
                if (record.value() != null) {
                    written.add(new String(record.value(), ISO_8859_1));
                }
            });

            // Without these two the search would prove nothing.
            assertThat(with(written, "ENDPOINT_CREATED tenant=acme")).hasSize(2);
            assertThat(with(written, "\"wrapped_key\"")).hasSize(4);
            assertThat(with(written, parts(SECRET))).isEmpty();
            assertThat(with(written, parts(generated))).isEmpty();
        }
    }

    private static List<String> with(List<String> texts, String... parts) {
        return texts.stream()
                .filter(text -> Stream.of(parts).anyMatch(text::contains))
                .toList();
    }

    /** Uses an own and a generated secret in every way there is; answers with the generated one. */
    private String play(List<String> written) {
        NewEndpoint own = endpoint(Optional.of(SECRET));
        written.add(own.toString());
        try (EndpointAdmin admin = EndpointAdmin.open(deployment.settings(), Clock.systemUTC(), new SecureRandom())) {
            CreatedEndpoint created = admin.create(own, BY);
            written.add(created.toString());
            CreatedEndpoint other = admin.create(endpoint(Optional.empty()), BY);
            written.add(other.toString());
            EndpointId id = created.subscription().id();
            written.add(admin.disable(id, BY).toString());
            written.add(admin.enable(id, BY).toString());
            written.add(admin.list(Optional.empty()).toString());
            admin.remove(id, BY);
            assertThatThrownBy(() -> admin.create(endpoint(Optional.of(SECRET + " ")), BY))
                    .satisfies(refused -> written.add(refused.toString()));
            return other.secret().reveal();
        }
    }

    private static String[] parts(String secret) {
        String base64 = secret.substring("whsec_".length());
        return new String[] {
            base64.substring(0, 16), new String(Base64.getDecoder().decode(base64), ISO_8859_1)
        };
    }

    private static NewEndpoint endpoint(Optional<String> secret) {
        return new NewEndpoint(
                "acme", "ringyo", "", "https://hooks.example.com/in", Set.of("*"), secret, OptionalDouble.empty());
    }
}
