package dev.hookswitch.dispatcher.lane;

/**
 * What a lane can spare for endpoints that have not proved that they answer. All endpoints of a gate share it: while few
 * need it each is treated as if it would answer, and when many do not answer they cannot fill the lane.
 */
final class Spare {
    private final int maxLent;
    private final int maxPatient;
    private int lent;
    private int patient;

    /** @param lanePlaces POSTs in flight in the lane */
    Spare(int lanePlaces) {
        this.maxLent = lanePlaces / 4;
        this.maxPatient = lanePlaces;
    }

    /** Whether one more place can be lent. */
    boolean hasPlace() {
        return lent < maxLent;
    }

    void lend() {
        lent++;
    }

    void giveBack() {
        lent--;
    }

    /** Whether one more may wait long in a queue. */
    boolean hasPatience() {
        return patient < maxPatient;
    }

    void patientQueued() {
        patient++;
    }

    void patientLeft() {
        patient--;
    }
}
