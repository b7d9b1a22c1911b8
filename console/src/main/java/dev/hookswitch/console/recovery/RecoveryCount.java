package dev.hookswitch.console.recovery;

/**
 * How much there is to be put once more.
 *
 * @param found deliveries in all
 * @param gone those among them whose payload Kafka no longer keeps
 */
public record RecoveryCount(long found, long gone) {}
