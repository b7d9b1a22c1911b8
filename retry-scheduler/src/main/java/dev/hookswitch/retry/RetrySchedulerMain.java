package dev.hookswitch.retry;

import dev.hookswitch.common.service.RoleProcess;

/** The retry-scheduler as a process of its own. */
public final class RetrySchedulerMain {
    private RetrySchedulerMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(RoleProcess.run(System.getenv(), RetrySchedulerRole::create));
    }
}
