package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the folder of a store, and makes it anew when what is there is of no use. */
final class StoreFolder {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFolder.class);

    private StoreFolder() {}

    static Database open(Path folder, String topics, RocksMemory memory) throws RocksDBException, IOException {
        byte[] identity = (HistoryCodec.FORMAT + " " + topics).getBytes(UTF_8);
        Database database = openOrMakeAnew(folder, memory);
        byte[] before = database.about(StoreAbout.IDENTITY);
        if (before != null && !Arrays.equals(before, identity)) {
            LOG.warn("delivery log folder={} is of other topics or another version and is made anew", folder);
            database.close();
            delete(folder);
            database = Database.open(folder, memory);
        }
        try (WriteBatch batch = new WriteBatch()) {
            database.putAbout(batch, StoreAbout.IDENTITY, identity);
            database.write(batch);
        }
        return database;
    }

    private static Database openOrMakeAnew(Path folder, RocksMemory memory) throws RocksDBException, IOException {
        try {
            return Database.open(folder, memory);
        } catch (RocksDBException e) {
            if (!isBroken(e)) {
                throw e;
            }
            LOG.warn("delivery log folder={} is broken and is made anew: {}", folder, e.getMessage());
            delete(folder);
            return Database.open(folder, memory);
        }
    }

    /** Broken, or with what this version does not know; not merely in use or out of reach. */
    private static boolean isBroken(RocksDBException failure) {
        Status status = failure.getStatus();
        return status != null
                && (status.getCode() == Status.Code.Corruption || status.getCode() == Status.Code.InvalidArgument);
    }

    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
