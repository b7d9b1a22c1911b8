package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class OwnedPartitionTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final OneStore one;
    private final OwnedPartition owned;

    OwnedPartitionTest(@TempDir Path temporary) throws RocksDBException, IOException {
        one = new OneStore(temporary.resolve("p0"));
        owned = new OwnedPartition(one.store, Map.of(Source.ATTEMPTS, 7L, Source.OUTCOMES, 0L), nanos::get);
    }

    @AfterEach
    void close() throws RocksDBException, IOException {
        one.close();
    }

    @Test
    void hasCaughtUpWhenBothTopicsAreReadToWhereTheyEndedAndStaysSo() {
        owned.readTo(Source.ATTEMPTS, 7);
        assertThat(owned.isCaughtUp()).as("nothing is known of the other").isFalse();
        owned.readTo(Source.ATTEMPTS, 6);
        owned.readTo(Source.OUTCOMES, 0);
        assertThat(owned.isCaughtUp()).isFalse();
        owned.readTo(Source.ATTEMPTS, 8);
        assertThat(owned.isCaughtUp()).isTrue();
        assertThat(owned.readTo(Source.ATTEMPTS)).isEqualTo(8);
    }

    @Test
    void isOursNoLongerThanTheGroupSaysSo() {
        assertThat(owned.isConfirmed()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(owned.isConfirmed()).isTrue();
        owned.confirm();
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(owned.isConfirmed()).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(owned.isConfirmed()).isFalse();
        owned.confirm();
        assertThat(owned.isConfirmed()).isTrue();
    }
}
