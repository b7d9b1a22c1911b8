package dev.hookswitch.benchmarks.process;

/**
 * Threads without which a process is of no use: when one fails the process ends at once, which its benchmark hears, instead
 * of waiting for what no longer comes.
 */
public final class VitalThread {
    private VitalThread() {}

    /** One that is still to be started, a daemon. */
    public static Thread of(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, problem) -> {
            problem.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        return thread;
    }
}
