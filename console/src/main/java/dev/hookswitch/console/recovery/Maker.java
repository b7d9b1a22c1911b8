package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.event.Problem;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.topics.TopicLayout;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes the records that put deliveries once more. One that has a body goes to {@code deliveries-due}, with the body as it
 * was; one that never had gets it now, as the fan-out would have made it, and goes to {@code deliveries}.
 */
final class Maker implements AutoCloseable {
    /** The topics take 2 MiB for a batch: this leaves room for the headers. */
    private static final int MAX_BODY_BYTES = 2 * 1024 * 1024 - 64 * 1024;

    private final RecoverySettings settings;
    private final Subscription subscription;
    private final String recoveryId;
    private final byte[] key;
    private final PlaceReader deliveries;
    private final PlaceReader events;

    /** @param subscription of the endpoint to which the deliveries go */
    Maker(RecoverySettings settings, RecoveryClients clients, Subscription subscription, String recoveryId) {
        TopicLayout topics = settings.topics();
        this.settings = settings;
        this.subscription = subscription;
        this.recoveryId = recoveryId;
        this.key = subscription.webhookId().getBytes(UTF_8);
        this.deliveries = new PlaceReader(clients::picker, topics.deliveries());
        this.events = new PlaceReader(clients::picker, topics.events());
    }

    Made make(Place place) {
        Optional<ConsumerRecord<byte[], byte[]>> record = switch (place.source()) {
            case DELIVERIES -> deliveries.read(place.partition(), place.offset());
            case EVENTS -> events.read(place.partition(), place.offset());
        };
        if (record.isEmpty()) {
            return new Made.Gone();
        }
        return switch (place.source()) {
            case DELIVERIES -> again(record.get());
            case EVENTS -> anew(record.get());
        };
    }

    private Made again(ConsumerRecord<byte[], byte[]> record) {
        Delivery delivery;
        try {
            delivery = DeliveryHeaders.read(record.headers());
        } catch (IllegalArgumentException e) {
            return new Made.Unfit("what stands there is no delivery: " + e.getMessage());
        }
        if (record.value() == null || !delivery.endpoint().equals(subscription.id())) {
            return new Made.Unfit("what stands there is no delivery of this endpoint");
        }
        Delivery.Origin origin = new Delivery.Origin(record.partition(), record.offset());
        return new Made.Ready(new ProducerRecord<>(
                settings.topics().deliveriesDue(),
                record.partition(),
                key,
                record.value(),
                DeliveryHeaders.write(delivery.onceMore(recoveryId, subscription.activation(), origin))));
    }

    private Made anew(ConsumerRecord<byte[], byte[]> record) {
        ParsedEvent parsed = settings.parser().parse(record.value());
        if (parsed instanceof ParsedEvent.Refused refused) {
            return new Made.Unfit(refused.problem().message());
        }
        DomainEvent event = ((ParsedEvent.Accepted) parsed).event();
        if (!event.tenant().equals(subscription.tenant())) {
            return new Made.Unfit("what stands there is another tenant's event");
        }
        Eligibility eligibility = settings.eligibility(subscription);
        Optional<Problem> problem = eligibility.problemWith(event);
        if (problem.isPresent()) {
            return new Made.Unfit(problem.get().message());
        }
        LoadedProfile profile = eligibility.profile();
        byte[] body = profile.body(event, subscription.webhookId());
        if (body.length > MAX_BODY_BYTES) {
            return new Made.Unfit("the body must have at most " + MAX_BODY_BYTES + " bytes, has " + body.length);
        }
        Delivery delivery = Delivery.of(
                subscription.id(),
                event,
                profile.name(),
                new Delivery.EventAt(record.partition(), record.offset()),
                subscription.activation());
        return new Made.Ready(new ProducerRecord<>(
                settings.topics().deliveries(),
                Partitions.of(subscription.webhookId(), settings.topics()),
                key,
                body,
                DeliveryHeaders.write(delivery.onceMore(recoveryId, subscription.activation(), null))));
    }

    @Override
    public void close() {
        deliveries.close();
        events.close();
    }
}
