package dev.hookswitch.dispatcher.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The POSTs in flight. One that takes long leaves its place to the next and is counted apart, so that endpoints which do
 * not answer never fill the lane for those that do. Time is an argument; not for several threads.
 */
final class InFlight {
    /** Longer than most receivers take. To be slow costs nothing. */
    static final Duration SLOW_AFTER = Duration.ofMillis(250);

    private final int max;
    private final int maxSlow;
    private final Set<Work> all = new HashSet<>();
    private final Set<Work> slow = new HashSet<>();
    /** In order of their start; those that have ended since are passed over. */
    private final Queue<Work> quick = new ArrayDeque<>();

    private int quickFresh;
    private int quickDue;

    /**
     * Nothing in flight.
     *
     * @param max that have not become slow
     * @param maxSlow that have; beyond it each takes up a place of the others
     */
    InFlight(int max, int maxSlow) {
        this.max = max;
        this.maxSlow = maxSlow;
    }

    /** Whether one more fresh or due delivery may start. Each kind may take three quarters, so that neither starves. */
    boolean hasRoom(boolean due) {
        int places = max - Math.max(0, slow.size() - maxSlow);
        return quickFresh + quickDue < places && (due ? quickDue : quickFresh) < Math.max(1, places * 3 / 4);
    }

    /** How many more may start, of both kinds together. */
    int places() {
        return Math.max(0, max - Math.max(0, slow.size() - maxSlow) - quickFresh - quickDue);
    }

    void start(Work work) {
        all.add(work);
        quick.add(work);
        count(work, 1);
    }

    /** Moves those that have become slow by now. */
    void passTime(long nowNanos) {
        for (Work oldest = quick.peek(); oldest != null; oldest = quick.peek()) {
            if (all.contains(oldest)) {
                if (nowNanos - oldest.startedAtNanos() < SLOW_AFTER.toNanos()) {
                    return;
                }
                slow.add(oldest);
                count(oldest, -1);
            }
            quick.remove();
        }
    }

    void end(Work work) {
        if (all.remove(work) && !slow.remove(work)) {
            count(work, -1);
        }
    }

    private void count(Work work, int by) {
        if (work.due()) {
            quickDue += by;
        } else {
            quickFresh += by;
        }
    }

    int size() {
        return all.size();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    boolean any(Predicate<Work> which) {
        return all.stream().anyMatch(which);
    }

    void clear() {
        all.clear();
        slow.clear();
        quick.clear();
        quickFresh = 0;
        quickDue = 0;
    }
}
