package dev.hookswitch.console.recovery;

import dev.hookswitch.common.kafka.DeliveryProducers;
import dev.hookswitch.common.model.EndpointId;

/** A retry or recovery that cannot be made, or cannot go on. The message says why and what would help. */
public final class RecoveryRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /** The kinds of refusal; the wire name is part of the contract with callers. */
    public enum Code {
        INVALID_PER_SECOND("invalid_per_second"),
        /** No moment in the past. */
        INVALID_SINCE("invalid_since"),
        /** The endpoint gets no POSTs now. */
        ENDPOINT_DISABLED("endpoint_disabled"),
        /** No delivery with that id has ended, as far as Kafka still knows. */
        DELIVERY_NOT_FOUND("delivery_not_found"),
        /** Kafka no longer keeps what would have to be sent. */
        PAYLOAD_GONE("payload_gone"),
        /** No body can be made of the event under the endpoint's profile. */
        EVENT_UNFIT("event_unfit"),
        /** The endpoint's profile is none that is known here. */
        UNKNOWN_PROFILE("unknown_profile"),
        /** Another recovery of the endpoint has not ended. */
        RECOVERY_UNFINISHED("recovery_unfinished"),
        /** There is no recovery of the endpoint that has not ended. */
        NO_RECOVERY("no_recovery"),
        /** More than one recovery may hold in memory. */
        TOO_MANY("too_many"),
        /** Another process goes on with the endpoint's recovery or has ended it, or this one stood still for too long. */
        TAKEN_OVER("taken_over");

        private final String wireName;

        Code(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    RecoveryRefused(Code code, String message) {
        super(message);
        this.code = code;
    }

    static RecoveryRefused disabled(EndpointId endpoint, String state) {
        return new RecoveryRefused(
                Code.ENDPOINT_DISABLED,
                endpoint.webhookId() + " is " + state + ", so that it gets no POSTs: enable it first");
    }

    static RecoveryRefused takenOver(EndpointId endpoint) {
        return new RecoveryRefused(
                Code.TAKEN_OVER,
                "another process has taken or cancelled the recovery of " + endpoint.webhookId()
                        + ", or this one stood still for longer than "
                        + DeliveryProducers.TRANSACTION_TIMEOUT.toSeconds()
                        + " s: if nobody goes on with it, call it again");
    }

    /** @param whatHelps what the caller may do */
    static RecoveryRefused tooMany(long most, String whatHelps) {
        return new RecoveryRefused(
                Code.TOO_MANY, "more than " + most + " deliveries (recovery.max-deliveries): " + whatHelps);
    }

    public Code code() {
        return code;
    }
}
