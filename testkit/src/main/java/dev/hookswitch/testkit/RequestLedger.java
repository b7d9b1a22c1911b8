package dev.hookswitch.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/** Requests in the order of their arrival; wakes whoever waits for them. */
final class RequestLedger {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<ReceivedRequest> requests = new ArrayList<>();

    /** Numbers and keeps a request in one step. */
    ReceivedRequest add(IntFunction<ReceivedRequest> numbered) {
        lock.lock();
        try {
            ReceivedRequest request = numbered.apply(requests.size() + 1);
            requests.add(request);
            grown.signalAll();
            return request;
        } finally {
            lock.unlock();
        }
    }

    List<ReceivedRequest> snapshot() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    List<ReceivedRequest> await(int count, Duration limit) {
        long remainingNanos = limit.toNanos();
        lock.lock();
        try {
            while (requests.size() < count) {
                if (remainingNanos <= 0) {
                    throw new AssertionError(
                            "expected " + count + " requests within " + limit + ", got " + requests.size());
                }
                remainingNanos = grown.awaitNanos(remainingNanos);
            }
            return List.copyOf(requests);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for requests", e);
        } finally {
            lock.unlock();
        }
    }
}
