package dev.hookswitch.console.log;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** Memory that all stores of a process share, outside the heap, and their options. Closed after the last store. */
final class RocksMemory implements AutoCloseable {
    private static final long WRITE_BUFFER_BYTES = 8L * 1024 * 1024;
    private static final int BLOCK_BYTES = 16 * 1024;
    private static final int OPEN_FILES = 200;
    /** RocksDB's own notes about its files grow to 1 GiB else. */
    private static final long MANIFEST_BYTES = 4L * 1024 * 1024;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final BloomFilter filter;
    private final ColumnFamilyOptions segments;

    /** @param bytes blocks read and rows not yet written to files, over all stores */
    RocksMemory(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
        filter = new BloomFilter(10);
        segments = new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setFilterPolicy(filter)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFormatVersion(5));
    }

    /** Of every column family. */
    ColumnFamilyOptions segments() {
        return segments;
    }

    /** The caller closes them behind its database. */
    DBOptions database() {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // Kafka is the write-ahead log: rows and the offsets behind them come to disk together, or not at all.
                .setAtomicFlush(true)
                .setWriteBufferManager(writeBuffers)
                .setMaxOpenFiles(OPEN_FILES)
                .setMaxManifestFileSize(MANIFEST_BYTES)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(2)
                .setInfoLogLevel(org.rocksdb.InfoLogLevel.ERROR_LEVEL);
    }

    @Override
    public void close() {
        segments.close();
        filter.close();
        writeBuffers.close();
        cache.close();
    }
}
