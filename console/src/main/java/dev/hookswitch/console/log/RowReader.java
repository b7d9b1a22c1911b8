package dev.hookswitch.console.log;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.Wire;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records as rows. What is none is counted, logged and left out, so that the partition moves on. */
final class RowReader {
    private static final Logger LOG = LoggerFactory.getLogger(RowReader.class);
    private static final int LOGGED_CHARS = 200;

    private final LogMeters meters;

    RowReader(LogMeters meters) {
        this.meters = meters;
    }

    void take(Source source, ConsumerRecord<byte[], byte @Nullable []> record, Changes into) throws RocksDBException {
        try {
            byte[] value = record.value();
            if (value == null) {
                throw new IllegalArgumentException("no value");
            }
            switch (source) {
                case ATTEMPTS -> into.take(Wire.read(value, AttemptRow.class), record.timestamp());
                case OUTCOMES -> into.take(outcome(value), record.offset(), record.timestamp());
            }
        } catch (IllegalArgumentException e) {
            meters.garbage();
            String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            LOG.warn(
                    "skipped what is no row, at {}-{}@{}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    line.substring(0, Math.min(line.length(), LOGGED_CHARS)));
        }
    }

    /** With what every other row about the delivery has. */
    private static OutcomeRow outcome(byte[] value) {
        OutcomeRow row = Wire.read(value, OutcomeRow.class);
        if (row.eventId() == null || row.eventType() == null || row.profile() == null) {
            throw new IllegalArgumentException("event_id, event_type and profile must be there");
        }
        return row;
    }
}
