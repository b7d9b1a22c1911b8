package dev.hookswitch.retry.health;

import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds of an endpoint.
 *
 * @param status its health
 * @param offset of the row that last changed it, in the endpoint's partition of {@code delivery-attempts}. No row up to
 *     there counts again, however often it is read; and those since have changed nothing and would change nothing again
 */
record Remembered(EndpointStatus status, long offset) {

    static @Nullable Remembered read(byte @Nullable [] stored) {
        return stored == null ? null : Wire.read(stored, Remembered.class);
    }

    byte[] write() {
        return Wire.write(this);
    }

    boolean includes(long rowOffset) {
        return rowOffset <= offset;
    }
}
