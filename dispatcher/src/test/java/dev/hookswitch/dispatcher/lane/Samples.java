package dev.hookswitch.dispatcher.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.egress.EndpointUrl;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.dispatcher.attempt.RetrySchedule;
import dev.hookswitch.dispatcher.directory.Target;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Deliveries for tests of a lane's parts. */
final class Samples {
    static final TopicPartition PARTITION = new TopicPartition("deliveries", 0);
    static final Target TARGET = new Target(
            EndpointUrl.parse("http://example.com:8080/hook", true, Set.of()),
            Profiles.builtIn().get("ringyo").profile(),
            List.of(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            1,
            RetrySchedule.of(Profiles.builtIn().get("ringyo").profile(), null),
            null);

    private Samples() {}

    static Delivery delivery(String webhookId) {
        return delivery("msg_1", webhookId);
    }

    static Delivery delivery(String id, String webhookId) {
        return new Delivery(
                id,
                new EndpointId("acme", webhookId),
                "evt_1",
                "call.failed",
                "ringyo",
                1_000,
                0,
                0,
                1,
                1,
                0,
                null,
                null,
                false,
                null);
    }

    static Target limited(double maxPerSecond) {
        return new Target(
                TARGET.url(), TARGET.profile(), TARGET.secrets(), TARGET.activation(), TARGET.retries(), maxPerSecond);
    }

    /** A fresh delivery, or one that has waited in a tier. */
    static Work work(OffsetTracker tracker, boolean due) {
        OffsetTracker.Entry entry = tracker.register(tracker.next(), 0);
        Delivery fresh = delivery("wh_1");
        Delivery delivery = due ? fresh.nextAttempt(new Delivery.Origin(0, 0)) : fresh;
        return new Work(new Taken(PARTITION, entry, delivery, "{}".getBytes(UTF_8)), TARGET);
    }

    static Work work(OffsetTracker tracker, TopicPartition partition, String webhookId) {
        OffsetTracker.Entry entry = tracker.register(tracker.next(), 0);
        return new Work(new Taken(partition, entry, delivery(webhookId), "{}".getBytes(UTF_8)), TARGET);
    }
}
