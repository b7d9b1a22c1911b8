package dev.hookswitch.fanout;

import dev.hookswitch.common.event.Problem;

/**
 * Why a record of {@code events} becomes a dead letter.
 *
 * @param reason a stable word
 * @param pointer where it is, as a JSON pointer; empty for the whole record
 * @param message for people
 */
record Fault(String reason, String pointer, String message) {

    static Fault of(Problem problem) {
        return new Fault(problem.reason().wireName(), problem.pointer(), problem.message());
    }

    /** Kafka took the event, yet refuses what we make of it. */
    static Fault refusedAsTooLarge() {
        return new Fault(
                Problem.Reason.TOO_LARGE.wireName(),
                "",
                "Kafka refuses as too large a record that is made of the event");
    }

    /** Another event of the tenant has the id, and was taken. */
    static Fault idTaken(Sighting first) {
        return new Fault(
                "id_taken",
                "/id",
                "id must be unique for the tenant: the event that came first with it stands at partition "
                        + first.partition() + ", offset " + first.offset()
                        + " of events and has another type, time, workspace or data");
    }

    /** A defect of ours; the event may be good. */
    static Fault internal(Throwable defect) {
        return new Fault(
                "internal_error", "", "the fan-out failed: " + defect.getClass().getName());
    }
}
