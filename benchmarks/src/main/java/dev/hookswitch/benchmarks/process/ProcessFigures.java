package dev.hookswitch.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
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

    /**
     * A message {@code census}: {@code nanos}, {@code heapBeforeKib} and, after a full collection that this asks for,
     * {@code heapKib}, what is really held; {@code nonHeapKib}, {@code directKib} (buffers), {@code rssKib},
     * {@code threads} and {@code files} (open descriptors); 0 for what is not known.
     */
    public static Message census() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long before = memory.getHeapMemoryUsage().getUsed();
        long rssKib = rssKib();
        memory.gc();
        return Message.of("census")
                .with("nanos", System.nanoTime())
                .with("heapBeforeKib", before / 1024)
                .with("heapKib", memory.getHeapMemoryUsage().getUsed() / 1024)
                .with("nonHeapKib", memory.getNonHeapMemoryUsage().getUsed() / 1024)
                .with("directKib", directKib())
                .with("rssKib", rssKib)
                .with("threads", ManagementFactory.getThreadMXBean().getThreadCount())
                .with("files", openFiles());
    }

    private static long directKib() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum()
                / 1024;
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
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
