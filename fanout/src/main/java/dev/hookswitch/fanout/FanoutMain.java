package dev.hookswitch.fanout;

import dev.hookswitch.common.service.RoleProcess;

/** The fan-out as a process of its own, configured by the environment. */
public final class FanoutMain {
    private FanoutMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(RoleProcess.run(System.getenv(), FanoutRole::create));
    }
}
