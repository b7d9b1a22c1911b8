package dev.hookswitch.retry.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds {@link KnownEndpoints} from {@code subscriptions}. Never throws, since an exception here would end the whole client.
 * Runs while Kafka Streams restores, too: what there is is known before the first attempt is read.
 */
final class SubscriptionReader extends ContextualProcessor<byte[], byte[], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionReader.class);

    private final KnownEndpoints endpoints;
    private final HealthMeters meters;

    SubscriptionReader(KnownEndpoints endpoints, HealthMeters meters) {
        this.endpoints = endpoints;
        this.meters = meters;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            apply(EndpointId.parse(text(record.key())), record.value());
        } catch (RuntimeException e) {
            meters.subscriptionNotRead();
            String place = context()
                    .recordMetadata()
                    .map(at -> at.partition() + "@" + at.offset())
                    .orElse("unknown");
            LOG.error(
                    "a subscription was not understood, at {}: {}",
                    place,
                    e.getClass().getName());
        }
    }

    private void apply(EndpointId id, byte @Nullable [] value) {
        if (value == null) {
            endpoints.remove(id);
            return;
        }
        // Whatever the value is, the endpoint is not deleted.
        endpoints.put(id);
        endpoints.put(Wire.read(value, Subscription.class));
    }

    private static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, UTF_8);
    }
}
