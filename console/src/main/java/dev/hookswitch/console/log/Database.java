package dev.hookswitch.console.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A folder of RocksDB: one column family for what the store knows about itself, and one for each segment. */
final class Database implements AutoCloseable {
    private final RocksMemory memory;
    private final DBOptions options;
    private final WriteOptions writing = new WriteOptions().setDisableWAL(true);
    private final RocksDB rocks;
    private final ColumnFamilyHandle about;
    /** Whether something was read that cannot be right: the folder is of no use any more. */
    private volatile boolean broken;
    /** The newest first. Replaced, never changed: others read it. */
    private volatile List<Segment> segments;

    private Database(
            RocksMemory memory, DBOptions options, RocksDB rocks, ColumnFamilyHandle about, List<Segment> segments) {
        this.memory = memory;
        this.options = options;
        this.rocks = rocks;
        this.about = about;
        this.segments = sorted(segments);
    }

    /** Opens the folder, or makes it. */
    static Database open(Path folder, RocksMemory memory) throws RocksDBException, IOException {
        Files.createDirectories(folder);
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, memory.segments()));
        try (Options listing = new Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(listing, folder.toString())) {
                if (Segment.isName(name)) {
                    families.add(new ColumnFamilyDescriptor(name, memory.segments()));
                }
            }
        }
        DBOptions options = memory.database();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB rocks = RocksDB.open(options, folder.toString(), families, handles);
            List<Segment> segments = new ArrayList<>();
            for (int i = 1; i < handles.size(); i++) {
                Segment.of(families.get(i).getName(), handles.get(i)).ifPresent(segments::add);
            }
            return new Database(memory, options, rocks, handles.get(0), segments);
        } catch (RocksDBException e) {
            options.close();
            throw e;
        }
    }

    List<Segment> segments() {
        return segments;
    }

    /** The segment of that time; made when there is none, with that width. */
    Segment segmentAt(long ms, long widthMs) throws RocksDBException {
        for (Segment segment : segments) {
            if (segment.holds(ms)) {
                return segment;
            }
        }
        long from = ms / widthMs * widthMs;
        byte[] name = Segment.name(from, from + widthMs);
        Segment made = new Segment(
                from, from + widthMs, rocks.createColumnFamily(new ColumnFamilyDescriptor(name, memory.segments())));
        List<Segment> more = new ArrayList<>(segments);
        more.add(made);
        segments = sorted(more);
        return made;
    }

    /** Drops a segment, files and all. Nobody may be reading. */
    void drop(Segment segment) throws RocksDBException {
        rocks.dropColumnFamily(segment.family());
        segments = segments.stream().filter(each -> !each.equals(segment)).toList();
        segment.family().close();
    }

    /** How many bytes its files have. */
    long bytes(Segment segment) throws RocksDBException {
        return rocks.getLongProperty(segment.family(), "rocksdb.total-sst-files-size");
    }

    byte @Nullable [] about(byte[] key) throws RocksDBException {
        try {
            return rocks.get(about, key);
        } catch (RocksDBException e) {
            throw noted(e);
        }
    }

    void putAbout(WriteBatch batch, byte[] key, byte[] value) throws RocksDBException {
        batch.put(about, key, value);
    }

    byte @Nullable [] get(Segment segment, byte[] key) throws RocksDBException {
        try {
            return rocks.get(segment.family(), key);
        } catch (RocksDBException e) {
            throw noted(e);
        }
    }

    /** One that ends must be {@linkplain #check checked}. */
    RocksIterator iterator(Segment segment, ReadOptions reading) {
        return rocks.newIterator(segment.family(), reading);
    }

    /** @throws RocksDBException when it ended because it could not be read further */
    void check(RocksIterator ended) throws RocksDBException {
        try {
            ended.status();
        } catch (RocksDBException e) {
            throw noted(e);
        }
    }

    void write(WriteBatch batch) throws RocksDBException {
        try {
            rocks.write(writing, batch);
        } catch (RocksDBException e) {
            throw noted(e);
        }
    }

    private RocksDBException noted(RocksDBException failure) {
        if (isBroken(failure)) {
            broken = true;
        }
        return failure;
    }

    /** Whether the folder must be made anew. */
    boolean isBroken() {
        return broken;
    }

    /** Broken, or with what this version does not know; not merely in use, full or out of reach. */
    static boolean isBroken(RocksDBException failure) {
        Status status = failure.getStatus();
        return status != null
                && (status.getCode() == Status.Code.Corruption || status.getCode() == Status.Code.InvalidArgument);
    }

    private static List<Segment> sorted(List<Segment> segments) {
        return segments.stream()
                .sorted(Comparator.comparingLong(Segment::fromMs).reversed())
                .toList();
    }

    /** Writes what is in memory to files, so that nothing must be read again. Nobody may be reading. */
    @Override
    public void close() throws RocksDBException {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        families.add(about);
        segments.forEach(segment -> families.add(segment.family()));
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            rocks.flush(flush, families);
        } finally {
            families.forEach(ColumnFamilyHandle::close);
            rocks.close();
            writing.close();
            options.close();
        }
    }
}
