package dev.hookswitch.standalone;

import java.util.concurrent.CountDownLatch;

/** SIGTERM or SIGINT: wakes the main thread, and keeps the process until that thread has stopped everything. */
final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "shutdown"));
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /** Everything has stopped: the process may end. */
    void stopped() {
        stopped.countDown();
    }

    private void hold() {
        asked.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
