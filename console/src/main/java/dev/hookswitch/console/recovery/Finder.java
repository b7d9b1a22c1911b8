package dev.hookswitch.console.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.event.ParsedEvent;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.RecoveryRow.Place;
import dev.hookswitch.common.model.RecoveryRow.Range;
import dev.hookswitch.common.model.RecoveryRow.Source;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds in the log what is to be put once more. What it finds is a function of the ranges, however often it is asked. */
final class Finder {
    /** Clocks of services that publish events may be so far ahead of ours. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

    /** A fan-out that runs needs a fraction of it. */
    private static final Duration FANOUT_WAIT = Duration.ofSeconds(10);

    private final RecoverySettings settings;
    private final Log log;
    private final FanoutPositions fanout;

    Finder(RecoverySettings settings, Log log) {
        this.settings = settings;
        this.log = log;
        this.fanout = new FanoutPositions(settings.kafka(), settings.topics(), log, FANOUT_WAIT);
    }

    /** Where to look, from now on fixed. */
    List<Range> ranges(RecoveryRequest request) {
        if (request.kind() == RecoveryRow.Kind.UNDELIVERED) {
            int partition = Partitions.of(request.endpoint().webhookId(), settings.topics());
            // With what dispatchers are about to commit: a delivery may have been delivered there.
            return log.sinceWithPending(settings.topics().deliveryOutcomes(), List.of(partition), request.since());
        }
        Map<Integer, Long> done = fanout.read();
        return log.since(settings.topics().events(), done.keySet(), request.since()).stream()
                .map(range -> new Range(
                        range.partition(),
                        range.fromOffset(),
                        Math.min(range.untilOffset(), done.getOrDefault(range.partition(), 0L))))
                .toList();
    }

    /** What there is to be put once more, in the order of {@link Place}. */
    List<Place> find(RecoveryRequest request, List<Range> ranges, Subscription subscription) {
        Collection<Place> found = request.kind() == RecoveryRow.Kind.UNDELIVERED
                ? undelivered(request, ranges)
                : missed(request, ranges, subscription);
        return found.stream().sorted().toList();
    }

    /** How many of these Kafka does not keep any more. */
    long gone(List<Place> places) {
        Map<Source, Map<Integer, Long>> beginnings = new HashMap<>();
        for (Source source : Source.values()) {
            List<Integer> partitions = places.stream()
                    .filter(place -> place.source() == source)
                    .map(Place::partition)
                    .distinct()
                    .toList();
            if (!partitions.isEmpty()) {
                beginnings.put(source, log.beginnings(topic(source), partitions));
            }
        }
        return places.stream()
                .filter(place -> place.offset()
                        < beginnings.getOrDefault(place.source(), Map.of()).getOrDefault(place.partition(), 0L))
                .count();
    }

    /** The last outcome of a delivery whose event happened then. */
    Optional<OutcomeRow> lastOutcome(String deliveryId, Instant occurred, Optional<EndpointId> endpoint) {
        Collection<Integer> partitions = endpoint.isPresent()
                ? List.of(Partitions.of(endpoint.get().webhookId(), settings.topics()))
                : IntStream.range(0, settings.topics().partitions()).boxed().toList();
        Optional<OutcomeRow> found = lastOutcome(deliveryId, partitions, occurred.minus(Duration.ofDays(1)));
        // An event may say that it happens tomorrow.
        return found.isPresent() ? found : lastOutcome(deliveryId, partitions, Instant.EPOCH);
    }

    private Optional<OutcomeRow> lastOutcome(String deliveryId, Collection<Integer> partitions, Instant since) {
        Map<String, OutcomeRow> last = new HashMap<>();
        String topic = settings.topics().deliveryOutcomes();
        log.scan(
                topic,
                log.since(topic, partitions, since),
                record -> outcome(record)
                        .filter(row -> row.deliveryId().equals(deliveryId))
                        .ifPresent(row -> last.put(deliveryId, row)));
        return Optional.ofNullable(last.get(deliveryId));
    }

    private Collection<Place> undelivered(RecoveryRequest request, List<Range> ranges) {
        UndeliveredScan scan = new UndeliveredScan(request.endpoint(), request.since(), settings.maxDeliveries());
        log.scan(
                settings.topics().deliveryOutcomes(),
                ranges,
                ofEndpoint(request.endpoint(), record -> outcome(record).ifPresent(scan::take)));
        return scan.found();
    }

    private Collection<Place> missed(RecoveryRequest request, List<Range> ranges, Subscription subscription) {
        MissedScan scan = new MissedScan(settings.eligibility(subscription), settings.maxDeliveries());
        readKnown(request, subscription, scan);
        log.scan(settings.topics().events(), ranges, record -> {
            if (settings.parser().parse(record.value()) instanceof ParsedEvent.Accepted accepted) {
                scan.take(accepted.event(), record.partition(), record.offset());
            }
        });
        return scan.found();
    }

    /** No endpoint has deliveries from before it was made, nor of events before these came in. */
    private void readKnown(RecoveryRequest request, Subscription subscription, MissedScan scan) {
        EndpointId endpoint = subscription.id();
        Instant created = Instant.ofEpochMilli(subscription.createdAtMs());
        Instant from = (request.since().isAfter(created) ? request.since() : created).minus(CLOCK_DIFFERENCE);
        List<Integer> partition = List.of(Partitions.of(endpoint.webhookId(), settings.topics()));
        String deliveries = settings.topics().deliveries();
        log.scan(
                deliveries,
                log.sinceWithPending(deliveries, partition, from),
                ofEndpoint(endpoint, record -> eventId(record).ifPresent(scan::has)));
        String outcomes = settings.topics().deliveryOutcomes();
        log.scan(
                outcomes,
                log.sinceWithPending(outcomes, partition, from),
                ofEndpoint(endpoint, record -> outcome(record).ifPresent(row -> scan.has(row.eventId()))));
    }

    private String topic(Source source) {
        return source == Source.EVENTS
                ? settings.topics().events()
                : settings.topics().deliveries();
    }

    private static Consumer<ConsumerRecord<byte[], byte[]>> ofEndpoint(
            EndpointId endpoint, Consumer<ConsumerRecord<byte[], byte[]>> take) {
        byte[] key = endpoint.webhookId().getBytes(UTF_8);
        return record -> {
            if (Arrays.equals(key, record.key())) {
                take.accept(record);
            }
        };
    }

    /** What is no row is nobody's. */
    private static Optional<OutcomeRow> outcome(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(Wire.read(record.value(), OutcomeRow.class));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> eventId(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(DeliveryHeaders.read(record.headers()).eventId());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
