package dev.hookswitch.benchmarks.process;

import java.util.Map;

/**
 * What the processes and the machine showed at one moment.
 *
 * @param machine its processors
 * @param marks of the processes
 */
public record Usage(MachineTime machine, Map<Part, Message> marks) {

    /** A process. */
    public enum Part {
        DISPATCHER,
        SCHEDULER,
        BROKER,
        RECEIVER,
        PRODUCER
    }

    public Usage {
        marks = Map.copyOf(marks);
    }

    public long number(Part part, String key) {
        Message mark = marks.get(part);
        return mark == null ? 0 : mark.number(key);
    }

    /** How fast a count of a process rose from an earlier moment until this one. */
    public double perSecond(Part part, String key, Usage before) {
        double nanos = number(part, "nanos") - before.number(part, "nanos");
        return nanos <= 0 ? 0 : (number(part, key) - before.number(part, key)) * 1e9 / nanos;
    }

    /** Cores that a process kept busy from an earlier moment until this one. */
    public double cores(Part part, Usage before) {
        double nanos = number(part, "nanos") - before.number(part, "nanos");
        return nanos <= 0 ? 0 : (number(part, "cpuNanos") - before.number(part, "cpuNanos")) / nanos;
    }

    /** Cores that were busy with something else than this run. */
    public double otherCores(Usage before, int cores) {
        double own = 0;
        for (Part part : Part.values()) {
            own += cores(part, before);
        }
        return Math.max(0, machine.busyShareSince(before.machine) * cores - own);
    }
}
