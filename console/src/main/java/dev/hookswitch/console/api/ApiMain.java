package dev.hookswitch.console.api;

import dev.hookswitch.common.service.RoleProcess;

/** The management API as a process of its own, configured by the environment. */
public final class ApiMain {
    private ApiMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(RoleProcess.run(System.getenv(), ConsoleRole::create));
    }
}
