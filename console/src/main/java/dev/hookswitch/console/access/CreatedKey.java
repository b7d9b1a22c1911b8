package dev.hookswitch.console.access;

import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.model.ApiKeyRow;

/**
 * A key that was made.
 *
 * @param row as Kafka has it
 * @param key in the clear, to be shown once
 */
public record CreatedKey(ApiKeyRow row, ApiKey key) {}
