package dev.hookswitch.dispatcher.lane;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A delivery that a lane is done with, and what to write about it. Kept until a transaction that holds both the records
 * and its offset is committed.
 *
 * @param owner the tracker of its partition, by which a result of a lost partition is told
 * @param records what to write
 */
record Finished(OffsetTracker owner, List<ProducerRecord<byte[], byte[]>> records) {

    /** How many bytes the values of the records have. */
    long bytes() {
        long bytes = 0;
        for (ProducerRecord<byte[], byte[]> record : records) {
            bytes += record.value() == null ? 0 : record.value().length;
        }
        return bytes;
    }
}
