package dev.hookswitch.standalone;

import java.util.concurrent.CountDownLatch;

/** SIGTERM or SIGINT: wakes who waits for it, and keeps the process until that thread has stopped everything. */
final class StopSignal {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "shutdown"));
    }

    /** Zero when the process has been asked to end. */
    CountDownLatch asked() {
        return asked;
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
