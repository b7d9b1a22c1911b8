package dev.hookswitch.fanout;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.matching.Verdict;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;

/** What is to be written for one record of {@code events}. */
sealed interface Plan {

    /** The record as it came, with the fault. */
    record DeadLetter(Fault fault) implements Plan {}

    /**
     * What follows from an event.
     *
     * @param verdict whom it is for
     * @param deliveries for {@code deliveries}
     * @param outcomes for {@code delivery-outcomes}
     */
    record FanOut(
            DomainEvent event,
            Verdict.Accepted verdict,
            List<Record<byte[], byte[]>> deliveries,
            List<Record<byte[], byte[]>> outcomes)
            implements Plan {}
}
