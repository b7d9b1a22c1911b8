package dev.hookswitch.dispatcher.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What other threads tell a lane. They add, the lane's thread takes and waits. */
final class Mailbox {
    private final Lock lock = new ReentrantLock();
    private final Condition isEnough = lock.newCondition();
    private List<LaneEvent> arrived = new ArrayList<>();
    private int enough = Integer.MAX_VALUE;

    void add(LaneEvent event) {
        lock.lock();
        try {
            arrived.add(event);
            if (arrived.size() == enough) {
                isEnough.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Everything that has come since it was asked last, in order. */
    List<LaneEvent> take() {
        lock.lock();
        try {
            if (arrived.isEmpty()) {
                return List.of();
            }
            List<LaneEvent> taken = arrived;
            arrived = new ArrayList<>(taken.size());
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many are there, or for so long: to be woken for each would cost more than the wait. */
    void await(int count, Duration limit) {
        lock.lock();
        try {
            enough = count;
            long leftNanos = limit.toNanos();
            while (arrived.size() < count && leftNanos > 0) {
                leftNanos = isEnough.awaitNanos(leftNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            enough = Integer.MAX_VALUE;
            lock.unlock();
        }
    }
}
