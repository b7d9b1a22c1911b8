package dev.hookswitch.console.log;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the files of all stores of a process below a size, by dropping the oldest deliveries before their time. */
final class DiskLimit {
    private static final Logger LOG = LoggerFactory.getLogger(DiskLimit.class);

    private final long mostBytes;

    DiskLimit(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** How many bytes these have, and drops what is too much; but never what is being written. */
    long keep(Collection<PartitionStore> stores) throws RocksDBException {
        List<PartitionStore> all = List.copyOf(stores);
        long bytes = 0;
        for (PartitionStore store : all) {
            bytes += store.bytes();
        }
        while (bytes > mostBytes) {
            Optional<PartitionStore> oldest = all.stream()
                    .filter(store -> store.oldestUntilMs().isPresent())
                    .min(Comparator.comparingLong(store -> store.oldestUntilMs().orElse(Long.MAX_VALUE)));
            if (oldest.isEmpty()) {
                break;
            }
            long freed = oldest.get().dropOldest();
            LOG.warn(
                    "delivery log has {} bytes, more than console.log.max-bytes={}: dropped {} bytes of the oldest",
                    bytes,
                    mostBytes,
                    freed);
            bytes -= freed;
        }
        return bytes;
    }
}
