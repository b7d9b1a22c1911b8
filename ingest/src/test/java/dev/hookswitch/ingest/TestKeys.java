package dev.hookswitch.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.access.AccessGate;
import dev.hookswitch.common.access.AccessView;
import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.access.RateLimit;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicPlan;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.testkit.KafkaCluster;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys as the console would make them. */
final class TestKeys {
    private TestKeys() {}

    /** A key with its row. */
    record Made(ApiKey key, ApiKeyRow row) {}

    static Made make(String tenant, Scope... scopes) {
        ApiKey key = ApiKey.generate(new SecureRandom());
        return new Made(key, new ApiKeyRow(key.id(), tenant, "", Set.of(scopes), key.mac(tenant), 1, 0, null, null));
    }

    /** One that may publish whatever it wants. */
    static Made makeProducer() {
        return make(ApiKeyRow.EVERY_TENANT, Scope.EVENTS_WRITE);
    }

    /** A gate that knows this key and its tenant alone. */
    static AccessGate gate(Made made) {
        return gate(Optional.of(new AccessView() {
            @Override
            public Optional<ApiKeyRow> key(String keyId) {
                return keys().stream().filter(row -> row.keyId().equals(keyId)).findFirst();
            }

            @Override
            public Optional<TenantRow> tenant(String name) {
                return name.equals(made.row().tenant())
                        ? Optional.of(new TenantRow(name, "ringyo", null, true, TenantRow.Limits.NONE, 1, 0, 0))
                        : Optional.empty();
            }

            @Override
            public List<ApiKeyRow> keys() {
                return List.of(made.row());
            }

            @Override
            public List<TenantRow> tenants() {
                return List.of();
            }
        }));
    }

    /** A gate that knows this. */
    static AccessGate gate(Optional<AccessView> known) {
        return new AccessGate(
                () -> known,
                caller -> RateLimit.perSecond(1_000),
                RateLimit.perMinute(1_000),
                InstantSource.system(),
                System::nanoTime);
    }

    static void createTopics(KafkaCluster kafka, Settings settings) {
        IngestSettings read = IngestSettings.of(settings);
        List<TopicSpec> topics = new ArrayList<>(read.keys());
        topics.add(read.subscriptions());
        TopicPlan.of(kafka.admin(), topics).apply(kafka.admin());
    }

    static void write(KafkaCluster kafka, Settings settings, ApiKeyRow row) {
        kafka.send(TopicLayout.of(settings).apiKeys(), row.keyId().getBytes(UTF_8), Wire.write(row), Map.of());
    }

    static void write(KafkaCluster kafka, Settings settings, TenantRow row) {
        kafka.send(TopicLayout.of(settings).tenants(), row.tenant().getBytes(UTF_8), Wire.write(row), Map.of());
    }
}
