package dev.hookswitch.standalone.demo;

/**
 * A POST that a receiver got, written down before it was answered.
 *
 * @param actor whose receiver
 * @param deliveryId the header webhook-id
 * @param attempt 1 for the first POST of the delivery
 * @param arrivedNanos when it was there, in System.nanoTime
 * @param answeredNanos when the answer was about to go out, in System.nanoTime
 * @param status the answer
 * @param signed whether it verifies with the endpoint's secret
 * @param verified whether it verifies with the secret that the receiver has
 * @param body as it came
 */
record Post(
        Actor actor,
        String deliveryId,
        int attempt,
        long arrivedNanos,
        long answeredNanos,
        int status,
        boolean signed,
        boolean verified,
        byte[] body) {
    boolean successful() {
        return status < 300;
    }
}
