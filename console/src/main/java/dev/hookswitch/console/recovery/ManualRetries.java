package dev.hookswitch.console.recovery;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.DeliveryId;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.console.endpoints.EndpointView;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.recovery.RecoveryRefused.Code;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts single deliveries once more, however they ended: whoever asks for it has a reason. Holds nothing open. */
public final class ManualRetries {
    private static final Logger LOG = LoggerFactory.getLogger(ManualRetries.class);
    private static final long LIMIT_SECONDS = 12;

    private final RecoverySettings settings;
    private final RecoveryClients clients;
    private final Finder finder;
    private final Function<EndpointId, Optional<EndpointView>> endpoints;
    private final RecoveryIds ids;

    private ManualRetries(
            RecoverySettings settings, Function<EndpointId, Optional<EndpointView>> endpoints, SecureRandom random) {
        this.settings = settings;
        this.clients = new RecoveryClients(settings.kafka());
        this.finder = new Finder(settings, new Log(clients));
        this.endpoints = endpoints;
        this.ids = new RecoveryIds(random);
    }

    /**
     * Reads the settings.
     *
     * @param endpoints finds an endpoint as it is now
     * @throws dev.hookswitch.common.config.SettingsException when they are wrong
     */
    public static ManualRetries of(
            Settings settings, Function<EndpointId, Optional<EndpointView>> endpoints, SecureRandom random) {
        return new ManualRetries(RecoverySettings.of(settings), endpoints, random);
    }

    /**
     * Puts a delivery once more, with the same id, body and {@code webhook-id}, from its first attempt on.
     *
     * @param deliveryId what receivers see as {@code webhook-id}
     * @param endpoint whose delivery it is; without it every partition must be read
     * @return how it had ended; by then Kafka has acknowledged the new try
     * @throws InvalidEndpoint when the delivery's endpoint was deleted
     * @throws RecoveryRefused when no such delivery has ended, it is another endpoint's, the endpoint is disabled, or what
     *     would be sent is gone
     */
    public Retried retry(String deliveryId, Optional<EndpointId> endpoint) {
        PreparedRetry prepared = prepare(deliveryId, endpoint);
        write(prepared.record());
        Retried retried = prepared.retried();
        LOG.info(
                "delivery put once more id={} endpoint={}/{} recovery={}",
                deliveryId,
                retried.before().tenant(),
                retried.before().webhookId(),
                retried.recoveryId());
        return retried;
    }

    /** As {@link #retry}, but the record is left to the caller to write. */
    public PreparedRetry prepare(String deliveryId, Optional<EndpointId> endpoint) {
        OutcomeRow before = find(deliveryId, endpoint);
        EndpointId owner = new EndpointId(before.tenant(), before.webhookId());
        EndpointView view = endpoints.apply(owner).orElseThrow(() -> InvalidEndpoint.notFound(owner.webhookId()));
        Subscription subscription = Receiving.require(view).subscription();
        String recoveryId = ids.next();
        return new PreparedRetry(new Retried(recoveryId, before), made(before, subscription, recoveryId));
    }

    private OutcomeRow find(String deliveryId, Optional<EndpointId> endpoint) {
        long occurredAtMs;
        try {
            occurredAtMs = DeliveryId.occurredAtMs(deliveryId);
        } catch (IllegalArgumentException e) {
            throw new RecoveryRefused(Code.DELIVERY_NOT_FOUND, String.valueOf(e.getMessage()));
        }
        return finder.lastOutcome(deliveryId, Instant.ofEpochMilli(occurredAtMs), endpoint)
                .filter(row ->
                        endpoint.isEmpty() || endpoint.get().equals(new EndpointId(row.tenant(), row.webhookId())))
                .orElseThrow(() -> new RecoveryRefused(
                        Code.DELIVERY_NOT_FOUND,
                        "no delivery " + deliveryId
                                + " has ended: it may be under way, or have ended before the time that"
                                + " Kafka keeps (topics.retention)"));
    }

    private ProducerRecord<byte[], byte[]> made(OutcomeRow before, Subscription subscription, String recoveryId) {
        try (Maker maker = new Maker(settings, clients, subscription, recoveryId)) {
            Made made = maker.make(UndeliveredScan.place(before));
            if (made instanceof Made.Ready ready) {
                return ready.record();
            }
            if (made instanceof Made.Unfit unfit) {
                throw new RecoveryRefused(Code.EVENT_UNFIT, "it cannot be sent: " + unfit.why());
            }
            throw new RecoveryRefused(Code.PAYLOAD_GONE, "Kafka no longer keeps what would be sent (topics.retention)");
        }
    }

    private void write(ProducerRecord<byte[], byte[]> record) {
        try (Producer<byte[], byte[]> producer = clients.producer()) {
            producer.send(record).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unacknowledged(e);
        } catch (TimeoutException e) {
            throw unacknowledged(e);
        } catch (ExecutionException e) {
            throw unacknowledged(e.getCause() == null ? e : e.getCause());
        }
    }

    private static IllegalStateException unacknowledged(Throwable cause) {
        return new IllegalStateException(
                "Kafka did not acknowledge the retry, which may or may not happen: " + cause.getMessage(), cause);
    }
}
