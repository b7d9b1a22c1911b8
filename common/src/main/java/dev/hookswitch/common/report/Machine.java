package dev.hookswitch.common.report;

import java.lang.management.ManagementFactory;

/**
 * What a report's numbers were measured on.
 *
 * @param cores as the JVM sees them
 * @param memoryMib of the machine; 0 when unknown
 * @param jvm name and version
 * @param os name, version and architecture
 */
public record Machine(int cores, long memoryMib, String jvm, String os) {

    /** This machine. */
    public static Machine current() {
        long bytes = ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : 0;
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                bytes / (1024 * 1024),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }

    @Override
    public String toString() {
        return cores + " cores, " + memoryMib + " MiB, " + jvm + ", " + os;
    }
}
