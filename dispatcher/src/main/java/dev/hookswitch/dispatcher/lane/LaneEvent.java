package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.dispatcher.egress.Resolution;
import dev.hookswitch.dispatcher.http.SendResult;

/** What other threads tell a lane, through its queue. */
sealed interface LaneEvent {
    Work work();

    /** The addresses of a host are known. */
    record Resolved(Work work, Resolution resolution) implements LaneEvent {}

    /** A POST has ended, at this time of the lane's monotonic clock. */
    record Sent(Work work, SendResult result, long endedAtNanos) implements LaneEvent {}
}
