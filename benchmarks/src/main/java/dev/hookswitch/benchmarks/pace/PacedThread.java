package dev.hookswitch.benchmarks.pace;

import dev.hookswitch.benchmarks.process.VitalThread;

/** Runs what keeps to a timetable, one run at a time. */
public final class PacedThread {
    private final String name;
    private volatile boolean running;

    /** What a run does. */
    @FunctionalInterface
    public interface Run {
        void run() throws InterruptedException;
    }

    public PacedThread(String name) {
        this.name = name;
    }

    /**
     * Begins a run.
     *
     * @throws IllegalStateException when the one before has not ended
     */
    public void start(Run run) {
        if (running) {
            throw new IllegalStateException("the run before has not ended");
        }
        running = true;
        VitalThread.of(name, () -> toItsEnd(run)).start();
    }

    private void toItsEnd(Run run) {
        try {
            run.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
        running = false;
    }

    public boolean running() {
        return running;
    }
}
