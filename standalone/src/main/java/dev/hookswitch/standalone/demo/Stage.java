package dev.hookswitch.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.console.endpoints.Asked;
import dev.hookswitch.console.endpoints.CreatedEndpoint;
import dev.hookswitch.console.endpoints.EndpointAdmin;
import dev.hookswitch.console.endpoints.NewEndpoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The producers' and the tenants' side: registers the cast's endpoints and produces events. For one thread. */
final class Stage implements AutoCloseable {
    private static final Asked BY = Asked.by(new AuditRow.Actor("demo", null));
    private final EndpointAdmin admin;
    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final InstantSource clock;
    private final Map<Actor, EndpointId> endpoints = new HashMap<>();
    private final List<PlayedEvent> played = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private int deliveriesExpected;

    Stage(Settings settings, EndpointAdmin admin, InstantSource clock) {
        this.admin = admin;
        this.clock = clock;
        topic = TopicLayout.of(settings).events();
        producer = new KafkaProducer<>(
                new KafkaProperties(settings).producer(Map.of("linger.ms", "0")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Registers the endpoint and tells the receivers its secret. */
    void register(Actor actor, Receivers receivers) {
        CreatedEndpoint created = admin.create(
                new NewEndpoint(
                        actor.tenant(),
                        actor.promise().profile(),
                        actor.label(),
                        receivers.url(actor),
                        actor.events(),
                        Optional.empty(),
                        OptionalDouble.empty()),
                BY);
        endpoints.put(actor, created.subscription().id());
        receivers.secret(actor, created.secret().reveal());
    }

    void enable(Actor actor) {
        admin.enable(endpoint(actor), BY);
    }

    String webhookId(Actor actor) {
        return endpoint(actor).webhookId();
    }

    private EndpointId endpoint(Actor actor) {
        EndpointId id = endpoints.get(actor);
        if (id == null) {
            throw new IllegalStateException(actor.label() + " was not registered");
        }
        return id;
    }

    /** Sends an event to Kafka. */
    void play(PlayedEvent event) {
        played.add(event);
        deliveriesExpected +=
                (int) Cast.ACTORS.stream().filter(actor -> actor.gets(event)).count();
        Future<?> unused = producer.send(
                new ProducerRecord<>(topic, event.tenant().getBytes(UTF_8), event.envelope(clock.instant())),
                (sent, problem) -> failure.compareAndSet(null, problem));
    }

    void play(List<PlayedEvent> events) {
        events.forEach(this::play);
    }

    List<PlayedEvent> played() {
        return List.copyOf(played);
    }

    /** How many deliveries the events so far must make: the sum over events of the endpoints that subscribed. */
    int deliveriesExpected() {
        return deliveriesExpected;
    }

    /**
     * Waits until Kafka has every event.
     *
     * @throws IllegalStateException when Kafka did not take one
     */
    void flush() {
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("Kafka did not take an event: " + problem.getMessage(), problem);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
