package dev.hookswitch.ingest;

import dev.hookswitch.common.service.RoleProcess;

/** Ingest as a process of its own, configured by the environment. */
public final class IngestMain {
    private IngestMain() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(RoleProcess.run(System.getenv(), IngestRole::create));
    }
}
