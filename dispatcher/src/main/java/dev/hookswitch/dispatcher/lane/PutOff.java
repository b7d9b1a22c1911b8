package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.model.Delivery;
import java.time.Duration;

/**
 * For how long a delivery is put off.
 *
 * @param why what it has to wait for
 * @param backWithin it should come back in this time
 * @param turn its place among those that wait for the endpoint, to come back with
 */
record PutOff(Deferral why, Duration backWithin, Delivery.Turn turn) {}
