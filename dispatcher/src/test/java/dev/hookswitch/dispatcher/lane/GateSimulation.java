package dev.hookswitch.dispatcher.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.dispatcher.attempt.Decision;
import dev.hookswitch.dispatcher.attempt.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * A lane's gate with endpoints and tiers in virtual time: no thread, no Kafka. What is put off comes back from its tier
 * 5 to 65 ms late, as from the retry-scheduler.
 */
final class GateSimulation {
    private static final long START_MS = 1_700_000_000_000L;
    private static final List<Tier> TIERS = List.of(
            tier("1s", Duration.ofSeconds(1)),
            tier("5s", Duration.ofSeconds(5)),
            tier("30s", Duration.ofSeconds(30)),
            tier("2m", Duration.ofMinutes(2)),
            tier("10m", Duration.ofMinutes(10)));
    private static final long TICK_NANOS = 1_000_000;
    private static final Delivery.Origin ORIGIN = new Delivery.Origin(0, 0);

    private final int maxInFlight;
    private final Random random;
    private final RetryPolicy retries = new RetryPolicy(TIERS);
    private final OffsetTracker.Entry entry = new OffsetTracker(0, CommitMap.Known.NOTHING).register(0, 0);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
    private final Map<String, Journey> journeys = new HashMap<>();
    private final Queue<Delivery> fresh = new ArrayDeque<>();
    private final Queue<Delivery> due = new ArrayDeque<>();
    private EndpointGate gate;
    private long nowNanos;
    private long eventNumber;
    private long deliveryNumber;
    private int inFlight;
    private boolean dueIsNext;
    private boolean ticking;

    private record Event(long nanos, long number, Runnable what) {}

    private static final class Journey {
        private final SimulatedEndpoint endpoint;
        private final long arrivedNanos;
        private int deferrals;

        private Journey(SimulatedEndpoint endpoint, long arrivedNanos) {
            this.endpoint = endpoint;
            this.arrivedNanos = arrivedNanos;
        }
    }

    /** @param maxInFlight POSTs in flight in the lane */
    GateSimulation(EndpointGate gate, int maxInFlight, long seed) {
        this.gate = gate;
        this.maxInFlight = maxInFlight;
        this.random = new Random(seed);
    }

    private static Tier tier(String name, Duration delay) {
        return new Tier(name, delay, "retry-" + name);
    }

    /** A number for what happens by chance. */
    Random random() {
        return random;
    }

    long nowNanos() {
        return nowNanos;
    }

    private GateTime now() {
        return new GateTime(nowNanos, START_MS + nowNanos / 1_000_000);
    }

    private void at(long nanos, Runnable what) {
        events.add(new Event(nanos, eventNumber++, what));
    }

    void at(Duration time, Runnable what) {
        at(time.toNanos(), what);
    }

    // ---- what comes

    /** Deliveries at random intervals. */
    void steady(SimulatedEndpoint endpoint, double perSecond, Duration from, Duration until) {
        steady(endpoint, perSecond, from.toNanos(), until.toNanos());
    }

    private void steady(SimulatedEndpoint endpoint, double perSecond, long from, long until) {
        long next = from + (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
        if (next < until) {
            at(next, () -> {
                arrive(endpoint);
                steady(endpoint, perSecond, next, until);
            });
        }
    }

    /** So many, as quickly as they are read. */
    void burst(SimulatedEndpoint endpoint, int count, double perSecond, Duration from) {
        for (int i = 0; i < count; i++) {
            at(from.toNanos() + (long) (i / perSecond * 1e9), () -> arrive(endpoint));
        }
    }

    private void arrive(SimulatedEndpoint endpoint) {
        String id = "msg_" + deliveryNumber++;
        journeys.put(id, new Journey(endpoint, nowNanos));
        endpoint.arrived();
        fresh.add(Samples.delivery(id, endpoint.id()));
    }

    /** Another lane takes over, which knows nothing: what was in flight ends first, what was queued is read again. */
    void takeOver(EndpointGate next) {
        for (Work dropped : gate.dropQueued(work -> true)) {
            fresh.add(dropped.delivery());
        }
        gate = next;
    }

    // ---- the lane

    /** Runs until nothing is left to happen. */
    void run() {
        run(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** Runs until this time. */
    void run(Duration until) {
        for (Event event = events.peek(); event != null && event.nanos() <= until.toNanos(); event = events.peek()) {
            events.remove();
            nowNanos = event.nanos();
            event.what().run();
            turn();
        }
    }

    private void turn() {
        gate.ready(maxInFlight - inFlight, now()).forEach(this::start);
        while (inFlight < maxInFlight && gate.queued() < 4 * maxInFlight && !(fresh.isEmpty() && due.isEmpty())) {
            boolean takeDue = !due.isEmpty() && (dueIsNext || fresh.isEmpty());
            dueIsNext = !takeDue;
            Delivery delivery = takeDue ? due.remove() : fresh.remove();
            SimulatedEndpoint endpoint = journey(delivery).endpoint;
            Work work =
                    new Work(new Taken(Samples.PARTITION, entry, delivery, "{}".getBytes(UTF_8)), endpoint.target());
            switch (gate.offer(work, now())) {
                case START -> start(work);
                case QUEUED -> {}
                case DEFER -> putOff(work);
            }
        }
        gate.overdue(now()).forEach(this::putOff);
        if (gate.queued() > 0 && !ticking) {
            ticking = true;
            at(nowNanos + TICK_NANOS, () -> ticking = false);
        }
    }

    private Journey journey(Delivery delivery) {
        return Objects.requireNonNull(journeys.get(delivery.id()));
    }

    private void putOff(Work work) {
        Journey journey = journey(work.delivery());
        PutOff putOff = gate.putOff(work, now());
        Tier tier = retries.within(putOff.backWithin());
        journey.deferrals++;
        journey.endpoint.putOff(tier.name());
        comeBack(work.delivery().deferredUntil(putOff.turn(), ORIGIN), tier);
    }

    private void comeBack(Delivery delivery, Tier tier) {
        long lateNanos = 5_000_000L + random.nextInt(60_000_000);
        at(nowNanos + tier.delay().toNanos() + lateNanos, () -> due.add(delivery));
    }

    private void start(Work work) {
        Journey journey = journey(work.delivery());
        EndpointGate startedAt = gate;
        inFlight++;
        journey.endpoint.started(nowNanos);
        long deadline = work.target().profile().attemptDeadline().toNanos();
        long answer = journey.endpoint.answerNanos(nowNanos);
        boolean inTime = answer < deadline;
        at(nowNanos + Math.min(answer, deadline), () -> {
            inFlight--;
            startedAt.release(work, inTime ? EndpointGate.End.ANSWERED : EndpointGate.End.TIMED_OUT, now());
            ended(work.delivery(), journey, inTime);
        });
    }

    private void ended(Delivery delivery, Journey journey, boolean inTime) {
        Decision decision = retries.decide(
                Samples.TARGET.retries(),
                delivery.attempt(),
                inTime ? AttemptResult.SUCCESS : AttemptResult.TIMEOUT,
                Optional.empty());
        journey.endpoint.ended(inTime);
        if (decision instanceof Decision.Retry retry) {
            comeBack(delivery.nextAttempt(ORIGIN), retry.tier());
        } else {
            journey.endpoint.done(inTime, journey.arrivedNanos, nowNanos, journey.deferrals);
            journeys.remove(delivery.id());
        }
    }
}
