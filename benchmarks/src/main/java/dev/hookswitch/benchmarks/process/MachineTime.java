package dev.hookswitch.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the machine's processors have spent their time so far, in ticks, from {@code /proc/stat}; zeros where there is none.
 *
 * @param busy working for whomever
 * @param stolen wanted to work, but the hypervisor had given the processor to others
 * @param all ticks
 */
public record MachineTime(long busy, long stolen, long all) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;
    /** What comes after is in the first two fields already. */
    private static final int FIELDS = 8;

    /** Now. */
    public static MachineTime now() {
        try {
            return of(Files.readAllLines(STAT).get(0));
        } catch (IOException e) {
            return new MachineTime(0, 0, 0);
        }
    }

    static MachineTime of(String line) {
        String[] words = line.strip().split(" +", -1);
        long all = 0;
        for (int i = 0; i < FIELDS; i++) {
            all += Long.parseLong(words[i + 1]);
        }
        long stolen = Long.parseLong(words[STEAL + 1]);
        long idle = Long.parseLong(words[IDLE + 1]) + Long.parseLong(words[IO_WAIT + 1]);
        return new MachineTime(all - idle - stolen, stolen, all);
    }

    /** The part of all processors' time that was busy since then. */
    public double busyShareSince(MachineTime before) {
        return all == before.all ? 0 : (busy - before.busy) / (double) (all - before.all);
    }

    /** The part of all processors' time that was stolen since then. */
    public double stolenShareSince(MachineTime before) {
        return all == before.all ? 0 : (stolen - before.stolen) / (double) (all - before.all);
    }
}
