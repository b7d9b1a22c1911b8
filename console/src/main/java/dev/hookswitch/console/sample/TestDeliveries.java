package dev.hookswitch.console.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.model.ApiRequestRow.TestDelivery;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.TenantRow.Workspace;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.console.endpoints.PreparedTest;
import dev.hookswitch.console.recovery.Partitions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the deliveries of samples. They are in {@code deliveries} like all others, marked as tests. */
public final class TestDeliveries {
    private static final int ID_BYTES = 12;

    private final Profiles profiles;
    private final Samples samples;
    private final TopicLayout topics;
    private final InstantSource clock;
    private final SecureRandom random;

    public TestDeliveries(Profiles profiles, TopicLayout topics, InstantSource clock, SecureRandom random) {
        this.profiles = profiles;
        this.samples = new Samples(profiles);
        this.topics = topics;
        this.clock = clock;
        this.random = random;
    }

    /** A delivery of the type's sample to the endpoint, to be written. */
    public PreparedTest make(Subscription endpoint, String type, Optional<Workspace> workspace) {
        LoadedProfile profile = profiles.get(endpoint.profile());
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        DomainEvent sample = samples.event(
                profile,
                type,
                "evt_test_" + HexFormat.of().formatHex(id),
                endpoint.tenant(),
                clock.instant(),
                workspace);
        Delivery delivery = Delivery.ofSample(endpoint.id(), sample, profile.name(), endpoint.activation());
        return new PreparedTest(
                new TestDelivery(delivery.id(), type),
                new ProducerRecord<>(
                        topics.deliveries(),
                        Partitions.of(endpoint.webhookId(), topics),
                        endpoint.webhookId().getBytes(UTF_8),
                        profile.body(sample, endpoint.webhookId()),
                        DeliveryHeaders.write(delivery)));
    }
}
