package dev.hookswitch.console.recovery;

import java.time.Instant;

/**
 * How much there is to be put once more.
 *
 * @param found deliveries in all
 * @param gone those among them whose payload Kafka no longer keeps
 * @param since from when on: of the recovery that was interrupted, if there is one, whatever was asked for
 */
public record RecoveryCount(long found, long gone, Instant since) {}
