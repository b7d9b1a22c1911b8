package dev.hookswitch.console.recovery;

import org.apache.kafka.clients.producer.ProducerRecord;

/** What became of a delivery that was to be put once more. */
sealed interface Made {
    /** To be written. */
    record Ready(ProducerRecord<byte[], byte[]> record) implements Made {}

    /** Kafka no longer keeps what would be sent. */
    record Gone() implements Made {}

    /**
     * It cannot be sent.
     *
     * @param why for people
     */
    record Unfit(String why) implements Made {}
}
