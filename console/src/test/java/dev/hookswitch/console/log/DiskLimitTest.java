package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class DiskLimitTest {
    private final OneStore one;
    private final OneStore two;

    DiskLimitTest(@TempDir Path temporary) throws RocksDBException, IOException {
        one = new OneStore(temporary.resolve("p1"));
        two = new OneStore(temporary.resolve("p2"));
        fill(one, Duration.ZERO);
        fill(two, Duration.ofDays(5));
    }

    /** Ten deliveries in each of three segments. */
    private static void fill(OneStore store, Duration later) throws RocksDBException, IOException {
        store.clock.advance(later);
        for (int segment = 0; segment < 3; segment++) {
            Instant at = store.clock.advance(Duration.ofDays(3));
            for (int i = 0; i < 10; i++) {
                store.deliver("evt_" + segment + "_" + i, at);
            }
        }
        store.reopen("topics-1");
    }

    @AfterEach
    void close() throws RocksDBException, IOException {
        one.close();
        two.close();
    }

    private long keep(long mostBytes) throws RocksDBException {
        return new DiskLimit(mostBytes).keep(List.of(one.store, two.store));
    }

    @Test
    void dropsNothingThatFits() throws RocksDBException {
        long bytes = keep(Long.MAX_VALUE);

        assertThat(bytes).isPositive().isEqualTo(one.store.bytes() + two.store.bytes());
        assertThat(keep(bytes)).isEqualTo(bytes);
        assertThat(one.ids()).hasSize(30);
        assertThat(two.ids()).hasSize(30);
    }

    @Test
    void dropsTheOldestOfAll() throws RocksDBException {
        long bytes = keep(Long.MAX_VALUE);

        long kept = keep(bytes - 1);

        assertThat(kept).isLessThan(bytes).isEqualTo(one.store.bytes() + two.store.bytes());
        assertThat(one.ids()).hasSize(20);
        assertThat(two.ids()).hasSize(30);
    }

    @Test
    void neverDropsWhatIsBeingWritten() throws RocksDBException {
        long kept = keep(1);

        assertThat(kept).isPositive();
        for (OneStore store : List.of(one, two)) {
            assertThat(store.all())
                    .hasSize(10)
                    .allSatisfy(delivery -> assertThat(delivery.occurredAtMs()).isEqualTo(store.clock.millis()));
        }
    }
}
