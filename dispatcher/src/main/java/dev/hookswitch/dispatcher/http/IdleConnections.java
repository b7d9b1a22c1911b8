package dev.hookswitch.dispatcher.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.concurrent.BasicFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.apache.hc.core5.pool.ManagedConnPool;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for their next use, by route. Knows a route only while it has some, so thousands of routes that come
 * and go leave nothing behind. Nobody waits for a connection: how many are in use is limited before. Safe for several
 * threads.
 */
final class IdleConnections<T, C extends ModalCloseable> implements ManagedConnPool<T, C> {
    private final Map<T, Deque<PoolEntry<T, C>>> idle = new ConcurrentHashMap<>();
    private final AtomicInteger idleCount = new AtomicInteger();
    private final Set<PoolEntry<T, C>> leased = ConcurrentHashMap.newKeySet();
    private final int maxIdle;
    private volatile boolean closed;

    /** @param maxIdle how many are kept in all; what comes beyond is closed */
    IdleConnections(int maxIdle) {
        this.maxIdle = maxIdle;
    }

    @Override
    public Future<PoolEntry<T, C>> lease(
            T route,
            @Nullable Object state,
            @Nullable Timeout timeout,
            @Nullable FutureCallback<PoolEntry<T, C>> callback) {
        if (closed) {
            throw new IllegalStateException("the client is closed");
        }
        PoolEntry<T, C> kept = take(route);
        PoolEntry<T, C> entry = kept == null ? new PoolEntry<>(route) : kept;
        leased.add(entry);
        BasicFuture<PoolEntry<T, C>> future = new BasicFuture<>(callback);
        future.completed(entry);
        return future;
    }

    /** The one that was used last: the others may then grow old. */
    private @Nullable PoolEntry<T, C> take(T route) {
        while (true) {
            List<PoolEntry<T, C>> taken = new ArrayList<>(1);
            idle.computeIfPresent(route, (key, entries) -> {
                taken.add(entries.removeLast());
                return entries.isEmpty() ? null : entries;
            });
            if (taken.isEmpty()) {
                return null;
            }
            idleCount.decrementAndGet();
            if (!taken.get(0).getExpiryDeadline().isExpired()) {
                return taken.get(0);
            }
            discard(taken, CloseMode.GRACEFUL);
        }
    }

    @Override
    public void release(PoolEntry<T, C> entry, boolean reusable) {
        leased.remove(entry);
        if (!reusable || !entry.hasConnection() || entry.getExpiryDeadline().isExpired() || !reserve()) {
            entry.discardConnection(CloseMode.GRACEFUL);
            return;
        }
        idle.compute(entry.getRoute(), (key, entries) -> {
            Deque<PoolEntry<T, C>> all = entries == null ? new ArrayDeque<>(2) : entries;
            all.addLast(entry);
            return all;
        });
        if (closed) {
            close(CloseMode.IMMEDIATE);
        }
    }

    private boolean reserve() {
        if (closed || idleCount.incrementAndGet() > maxIdle) {
            idleCount.decrementAndGet();
            return false;
        }
        return true;
    }

    @Override
    public void closeExpired() {
        closeIf(false);
    }

    @Override
    public void closeIdle(TimeValue idleTime) {
        closeIf(true);
    }

    private void closeIf(boolean all) {
        for (T route : idle.keySet()) {
            List<PoolEntry<T, C>> ended = new ArrayList<>();
            idle.computeIfPresent(route, (key, entries) -> {
                entries.removeIf(entry -> (all || entry.getExpiryDeadline().isExpired()) && ended.add(entry));
                return entries.isEmpty() ? null : entries;
            });
            idleCount.addAndGet(-ended.size());
            discard(ended, CloseMode.GRACEFUL);
        }
    }

    private static <T, C extends ModalCloseable> void discard(List<PoolEntry<T, C>> entries, CloseMode mode) {
        entries.forEach(entry -> entry.discardConnection(mode));
    }

    @Override
    public void close(CloseMode mode) {
        closed = true;
        leased.forEach(entry -> entry.discardConnection(mode));
        closeIf(true);
    }

    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    @Override
    public PoolStats getTotalStats() {
        return new PoolStats(leased.size(), 0, idleCount.get(), maxIdle);
    }

    @Override
    public PoolStats getStats(T route) {
        Deque<PoolEntry<T, C>> entries = idle.get(route);
        return new PoolStats(0, 0, entries == null ? 0 : entries.size(), maxIdle);
    }

    /** Those that have an idle connection. */
    @Override
    public Set<T> getRoutes() {
        return new HashSet<>(idle.keySet());
    }

    // ---- limits that it has not: the number of connections in use is the lanes' to bound

    @Override
    public void setMaxTotal(int max) {}

    @Override
    public int getMaxTotal() {
        return maxIdle;
    }

    @Override
    public void setDefaultMaxPerRoute(int max) {}

    @Override
    public int getDefaultMaxPerRoute() {
        return maxIdle;
    }

    @Override
    public void setMaxPerRoute(T route, int max) {}

    @Override
    public int getMaxPerRoute(T route) {
        return maxIdle;
    }
}
