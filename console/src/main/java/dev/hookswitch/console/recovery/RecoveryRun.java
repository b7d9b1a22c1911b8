package dev.hookswitch.console.recovery;

import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.RecoveryRow.Place;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recovery that has found what is to be put once more, and puts it: at its rate, and never so far ahead of the first POSTs
 * that fresh deliveries of the endpoint would have to wait behind it. What is put and how far that is are written together:
 * interrupted at any moment, it goes on from there. For one thread.
 */
public final class RecoveryRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecoveryRun.class);

    /** Deliveries in one transaction at the most. */
    private static final int MAX_BATCH = 500;

    private static final long MAX_BATCH_BYTES = 4 * 1024 * 1024;
    /** What cannot be put costs no rate; how many of such in one transaction. */
    private static final int MAX_DEALT_WITH = 5_000;

    /** Of so many the log says why they cannot be put. */
    private static final int LOGGED_UNFIT = 10;

    /** For so many the endpoint may be slow without slowing the recovery down. */
    private static final int MIN_AHEAD = 8;

    private static final Duration MAX_WAIT = Duration.ofMillis(200);
    private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final Parts parts;
    private final List<Place> places;
    private final boolean resumed;
    private final Pace pace;
    private final long maxAhead;
    private RecoveryRow row;
    private long heardAtNanos;

    /**
     * What a run works with; closed with it.
     *
     * @param endpointCheck throws {@link RecoveryRefused} when the endpoint gets no POSTs any more
     */
    record Parts(
            Ledger ledger,
            Maker maker,
            Unanswered unanswered,
            Runnable endpointCheck,
            Clock clock,
            LongSupplier nanoTime) {}

    RecoveryRun(Parts parts, RecoveryRow row, List<Place> places, boolean resumed, double perSecond) {
        this.parts = parts;
        this.row = row;
        this.places = places;
        this.resumed = resumed;
        this.pace = new Pace(perSecond, parts.nanoTime().getAsLong());
        this.maxAhead = Math.max(MIN_AHEAD, (long) (perSecond / 2));
        this.heardAtNanos = parts.nanoTime().getAsLong();
    }

    /** How far it has come. */
    public RecoveryRow row() {
        return row;
    }

    /** How many were left when the run began. */
    public long left() {
        return places.size();
    }

    /** Whether it goes on with what an earlier run left. */
    public boolean isResumed() {
        return resumed;
    }

    /**
     * Puts what is left.
     *
     * @param progress is told after each transaction
     * @param stop asked between transactions; true leaves the rest for another run
     * @return how far it has come
     * @throws RecoveryRefused when the endpoint gets no POSTs any more, or another process has taken over
     * @throws org.apache.kafka.common.KafkaException when Kafka fails; another run goes on from what was written
     */
    public RecoveryRow run(Consumer<RecoveryRow> progress, BooleanSupplier stop) {
        Iterator<Place> left = places.iterator();
        while (row.state() == RecoveryRow.State.RUNNING && !stop.getAsBoolean()) {
            int room = room();
            if (room > 0) {
                step(left, room);
                progress.accept(row);
            }
        }
        LOG.info(
                "recovery {} id={} endpoint={} found={} put={} gone={} unfit={}",
                row.state() == RecoveryRow.State.RUNNING ? "interrupted" : "ended",
                row.recoveryId(),
                row.endpoint().topicKey(),
                row.found(),
                row.put(),
                row.gone(),
                row.unfit());
        return row;
    }

    /** How many may be put now; none after a short wait for the rate, or for answers. */
    private int room() {
        long now = parts.nanoTime().getAsLong();
        long allowed = Math.min(pace.ready(now), MAX_BATCH);
        long wait = Math.min(pace.waitNanos(), MAX_WAIT.toNanos());
        long ahead = parts.unanswered().count();
        boolean full = ahead >= maxAhead;
        Unanswered.Heard heard = parts.unanswered().await(Duration.ofNanos(full ? MAX_WAIT.toNanos() : wait));
        boolean silence = heard.isNothing() && full && now - heardAtNanos > SILENCE_NANOS;
        if (silence || heard.discards() > 0) {
            parts.endpointCheck().run();
        }
        if (silence || !heard.isNothing()) {
            heardAtNanos = parts.nanoTime().getAsLong();
        }
        return wait > 0 || full ? 0 : (int) Math.min(allowed, maxAhead - ahead);
    }

    private void step(Iterator<Place> left, int room) {
        List<ProducerRecord<byte[], byte[]>> ready = new ArrayList<>();
        long bytes = 0;
        long gone = 0;
        long unfit = 0;
        Place last = row.last();
        while (left.hasNext()
                && ready.size() < room
                && bytes < MAX_BATCH_BYTES
                && ready.size() + gone + unfit < MAX_DEALT_WITH) {
            last = left.next();
            Made made = parts.maker().make(last);
            if (made instanceof Made.Ready one) {
                ready.add(one.record());
                bytes += one.record().value().length;
            } else if (made instanceof Made.Unfit no) {
                unfit++;
                if (row.unfit() + unfit <= LOGGED_UNFIT) {
                    LOG.warn("cannot be put once more place={} why={}", last, no.why());
                }
            } else {
                gone++;
            }
        }
        long nowMs = parts.clock().millis();
        RecoveryRow next = row.after(ready.size(), gone, unfit, last, nowMs);
        if (!left.hasNext()) {
            next = next.ended(RecoveryRow.State.DONE, nowMs);
        }
        parts.ledger().write(ready, next);
        row = next;
        pace.took(ready.size());
        parts.unanswered().put(ready.size());
    }

    /** Leaves the rest for another run. */
    @Override
    public void close() {
        try {
            parts.unanswered().close();
        } finally {
            try {
                parts.maker().close();
            } finally {
                parts.ledger().close();
            }
        }
    }
}
