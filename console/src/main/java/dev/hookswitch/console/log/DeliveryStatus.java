package dev.hookswitch.console.log;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a delivery stands. */
public enum DeliveryStatus {
    /** It waits for an attempt, or one has been made whose outcome is not known yet. */
    @JsonProperty("pending")
    PENDING,
    @JsonProperty("delivered")
    DELIVERED,
    /** Retries exhausted. */
    @JsonProperty("failed")
    FAILED,
    /** The endpoint was disabled, switched off or deleted while it waited. */
    @JsonProperty("discarded")
    DISCARDED,
    /** The endpoint got nothing when the event came. */
    @JsonProperty("skipped")
    SKIPPED,
    /** Ended in a way that this version does not know. */
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
