package dev.hookswitch.dispatcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdleConnectionsTest {
    private static final TimeValue LONG = TimeValue.ofMinutes(5);
    private static final int MAX_IDLE = 3;

    private final IdleConnections<String, Connection> pool = new IdleConnections<>(MAX_IDLE);

    private static final class Connection implements ModalCloseable {
        private final AtomicBoolean inUse = new AtomicBoolean();
        private volatile boolean open = true;

        @Override
        public void close(CloseMode mode) {
            open = false;
        }

        @Override
        public void close() {
            close(CloseMode.GRACEFUL);
        }
    }

    private static PoolEntry<String, Connection> lease(IdleConnections<String, Connection> pool, String route) {
        try {
            return pool.lease(route, null, null, null).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private PoolEntry<String, Connection> connected(String route) {
        PoolEntry<String, Connection> entry = lease(pool, route);
        entry.assignConnection(new Connection());
        return entry;
    }

    private void keep(PoolEntry<String, Connection> entry, TimeValue time) {
        entry.updateExpiry(time);
        pool.release(entry, true);
    }

    @Test
    void connectionIsKeptForItsOwnRouteAlone() {
        PoolEntry<String, Connection> first = connected("a");
        keep(first, LONG);

        assertThat(lease(pool, "b").hasConnection()).isFalse();
        assertThat(lease(pool, "a")).isSameAs(first);
        assertThat(lease(pool, "a").hasConnection()).isFalse();
    }

    @Test
    void lastUsedIsUsedFirst() {
        PoolEntry<String, Connection> first = connected("a");
        PoolEntry<String, Connection> second = connected("a");
        keep(first, LONG);
        keep(second, LONG);

        assertThat(lease(pool, "a")).isSameAs(second);
        assertThat(lease(pool, "a")).isSameAs(first);
    }

    @Test
    void whatIsNotToBeKeptIsClosed() {
        PoolEntry<String, Connection> broken = connected("a");
        Connection connection = broken.getConnection();

        pool.release(broken, false);

        assertThat(connection.open).isFalse();
        assertThat(lease(pool, "a").hasConnection()).isFalse();
    }

    /** The pool's own time is the wall clock. */
    @Test
    void expiredConnectionIsClosedAndNotGiven() {
        PoolEntry<String, Connection> entry = connected("a");
        Connection connection = entry.getConnection();
        keep(entry, TimeValue.ofMilliseconds(20));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> entry.getExpiryDeadline().isExpired());

        assertThat(lease(pool, "a").hasConnection()).isFalse();
        assertThat(connection.open).isFalse();
    }

    /** What {@code LaxConnPool} does not do: 650 bytes for each route that there ever was. */
    @Test
    void routesThatComeAndGoLeaveNothingBehind() {
        IdleConnections<String, Connection> large = new IdleConnections<>(100_000);
        for (int i = 0; i < 10_000; i++) {
            PoolEntry<String, Connection> entry = lease(large, "route-" + i);
            entry.assignConnection(new Connection());
            entry.updateExpiry(i % 2 == 0 ? TimeValue.ofMilliseconds(1) : LONG);
            large.release(entry, i % 4 != 3);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            large.closeExpired();
            assertThat(large.getRoutes()).hasSize(2_500);
        });
        assertThat(large.getTotalStats().getAvailable()).isEqualTo(2_500);

        large.closeIdle(TimeValue.ZERO_MILLISECONDS);

        assertThat(large.getRoutes()).isEmpty();
        assertThat(large.getTotalStats().getAvailable()).isZero();
        assertThat(large.getTotalStats().getLeased()).isZero();
    }

    @Test
    void moreThanAreToBeKeptAreClosed() {
        List<PoolEntry<String, Connection>> entries = new ArrayList<>();
        for (int i = 0; i < 2 * MAX_IDLE; i++) {
            entries.add(connected("route-" + i));
        }
        List<Connection> connections =
                entries.stream().map(PoolEntry::getConnection).toList();
        entries.forEach(entry -> keep(entry, LONG));

        assertThat(connections).filteredOn(connection -> connection.open).hasSize(MAX_IDLE);
        assertThat(pool.getTotalStats().getAvailable()).isEqualTo(MAX_IDLE);
    }

    @Test
    void closedPoolClosesIdleAndLeasedConnections() {
        PoolEntry<String, Connection> idle = connected("a");
        PoolEntry<String, Connection> leased = connected("b");
        PoolEntry<String, Connection> connecting = lease(pool, "c");
        List<Connection> both = List.of(idle.getConnection(), leased.getConnection());
        keep(idle, LONG);

        pool.close(CloseMode.IMMEDIATE);
        assertThat(both).noneMatch(connection -> connection.open);

        Connection late = new Connection();
        connecting.assignConnection(late);
        keep(connecting, LONG);
        assertThat(late.open).isFalse();
        assertThat(pool.getRoutes()).isEmpty();
        assertThatThrownBy(() -> lease(pool, "a")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_301})
    void noConnectionIsGivenToTwoAtATime(long seed) throws Exception {
        IdleConnections<String, Connection> shared = new IdleConnections<>(10);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Random random = new Random(seed + t);
                all.add(threads.submit(() -> use(shared, random)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(shared.getTotalStats().getLeased()).as("seed %d", seed).isZero();
        assertThat(shared.getTotalStats().getAvailable()).isBetween(1, 10);
        assertThat(shared.getRoutes().stream()
                        .mapToInt(route -> shared.getStats(route).getAvailable())
                        .sum())
                .isEqualTo(shared.getTotalStats().getAvailable());
    }

    private static void use(IdleConnections<String, Connection> shared, Random random) {
        for (int i = 0; i < 20_000; i++) {
            PoolEntry<String, Connection> entry = lease(shared, "route-" + random.nextInt(5));
            if (!entry.hasConnection()) {
                entry.assignConnection(new Connection());
            }
            Connection connection = entry.getConnection();
            assertThat(connection.open).isTrue();
            assertThat(connection.inUse.getAndSet(true)).isFalse();
            connection.inUse.set(false);
            entry.updateExpiry(LONG);
            shared.release(entry, random.nextInt(10) > 0);
            if (random.nextInt(100) == 0) {
                shared.closeExpired();
            }
        }
    }
}
