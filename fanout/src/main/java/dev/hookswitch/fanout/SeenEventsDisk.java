package dev.hookswitch.fanout;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB keeps what was seen: all stores of the process in one bounded piece of memory, laid out for look-ups that find
 * nothing, which is what most are. By default each segment of each partition has 50 MB of cache and 48 MB of buffers of its
 * own, and most of the data no filter. Public because Kafka Streams makes the instances.
 */
public final class SeenEventsDisk implements RocksDBConfigSetter {
    /** In the configuration of Streams: the shared {@link Memory}. */
    static final String MEMORY = "hookswitch.fanout.rocksdb-memory";

    /** Of one partition; rolled into a file when full. */
    private static final long WRITE_BUFFER_BYTES = 4 * 1024 * 1024;

    /** Called by Kafka Streams. */
    public SeenEventsDisk() {}

    /** Blocks, filters and write buffers of all stores. Outside the heap, so it must be closed, after the stores. */
    static final class Memory implements AutoCloseable {
        private final Cache cache;
        private final WriteBufferManager buffers;

        /** @param bytes of which half at the most are write buffers */
        Memory(long bytes) {
            RocksDB.loadLibrary();
            cache = new LRUCache(bytes);
            buffers = new WriteBufferManager(bytes / 2, cache);
        }

        @Override
        public void close() {
            buffers.close();
            cache.close();
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (configs.get(MEMORY) instanceof Memory memory
                && options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(memory.cache);
            table.setCacheIndexAndFilterBlocks(true);
            table.setCacheIndexAndFilterBlocksWithHighPriority(true);
            options.setTableFormatConfig(table);
            options.setWriteBufferManager(memory.buffers);
            options.setWriteBufferSize(WRITE_BUFFER_BYTES);
            options.setOptimizeFiltersForHits(false);
        }
    }

    /** Nothing of ours is the store's own. */
    @Override
    public void close(String storeName, Options options) {}
}
