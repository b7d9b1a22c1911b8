package dev.hookswitch.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used so far. */
public final class ProcessFigures {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessFigures() {}

    /**
     * A message {@code mark} with {@code nanos} and {@code epochMs} (the clocks), {@code cpuNanos} (all threads, those of
     * the JVM included), {@code jitMs} (time spent compiling) and {@code rssKib}; 0 for what is not known.
     */
    public static Message mark() {
        return Message.of("mark")
                .with("nanos", System.nanoTime())
                .with("epochMs", System.currentTimeMillis())
                .with("cpuNanos", cpuNanos())
                .with("jitMs", jitMs())
                .with("rssKib", rssKib());
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long jitMs() {
        CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
        return compilation != null && compilation.isCompilationTimeMonitoringSupported()
                ? compilation.getTotalCompilationTime()
                : 0;
    }

    private static long rssKib() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
