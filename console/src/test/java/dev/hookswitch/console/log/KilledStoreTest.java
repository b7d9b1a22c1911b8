package dev.hookswitch.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** There is no write-ahead log but Kafka: a killed process must have left exactly the rows before the place to read on. */
class KilledStoreTest {
    /** Some times what is kept in memory, so that files were written in the middle of it. */
    private static final long ROWS = 120_000;

    static LogRows rows(long number) {
        return LogRows.of(OneStore.ENDPOINT, "evt_" + number, OneStore.NOW.minusMillis(number));
    }

    @Test
    void hasExactlyTheRowsBeforeThePlaceToReadOn(@TempDir Path temporary)
            throws IOException, InterruptedException, RocksDBException {
        Path folder = temporary.resolve("p0");
        try (StoreProcess process = StoreProcess.start(folder)) {
            process.await(ROWS);
            process.kill();
        }

        try (RocksMemory memory = new RocksMemory(16 << 20);
                PartitionStore store = PartitionStore.open(
                        folder, "t", new StoreSpec(memory, OneStore.RETENTION, 1, InstantSource.fixed(OneStore.NOW)))) {
            long readOnAt = store.readOnAt(Source.ATTEMPTS).orElse(0);
            assertThat(readOnAt).isPositive();
            assertThat(store.find(OneStore.ENDPOINT, rows(readOnAt).id())).isEmpty();
            long found = 0;
            String cursor = null;
            do {
                LogQuery query = LogQuery.newest(LogQuery.MAX_LIMIT);
                LogPage page = store.list(OneStore.ENDPOINT, cursor == null ? query : query.from(cursor));
                found += page.deliveries().size();
                cursor = page.nextCursor();
            } while (cursor != null);
            assertThat(found).isEqualTo(readOnAt);
        }
    }
}
