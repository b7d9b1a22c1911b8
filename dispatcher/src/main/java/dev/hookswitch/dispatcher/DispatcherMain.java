package dev.hookswitch.dispatcher;

import dev.hookswitch.common.service.RoleProcess;

/** Runs the dispatcher as a process of its own, with settings from HOOKSWITCH_CONFIG and the environment. */
public final class DispatcherMain {
    private DispatcherMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(RoleProcess.run(System.getenv(), DispatcherRole::create));
    }
}
