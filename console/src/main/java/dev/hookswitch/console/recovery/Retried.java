package dev.hookswitch.console.recovery;

import dev.hookswitch.common.model.OutcomeRow;

/**
 * A delivery that was put once more.
 *
 * @param recoveryId which its rows carry
 * @param before how it had ended
 */
public record Retried(String recoveryId, OutcomeRow before) {}
