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
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the folder of a store, and makes it anew when what is there is of no use. */
final class StoreFolder {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFolder.class);

    private StoreFolder() {}

    static Database open(Path folder, String topics, RocksMemory memory) throws RocksDBException, IOException {
        byte[] identity = (HistoryCodec.FORMAT + " " + topics).getBytes(UTF_8);
        try {
            Database database = Database.open(folder, memory);
            if (isOf(identity, database)) {
                return database;
            }
            LOG.warn("delivery log folder={} is of other topics or another version and is made anew", folder);
            database.close();
        } catch (RocksDBException e) {
            if (!Database.isBroken(e)) {
                throw e;
            }
            LOG.error("delivery log folder={} is broken and is made anew: {}", folder, e.getMessage());
        }
        delete(folder);
        Database made = Database.open(folder, memory);
        boolean unused = isOf(identity, made);
        return made;
    }

    /** Whether the database has that identity, or none yet: then it gets it. Closes it when that fails. */
    private static boolean isOf(byte[] identity, Database database) throws RocksDBException {
        try {
            byte[] before = database.about(StoreAbout.IDENTITY);
            if (before != null) {
                return Arrays.equals(before, identity);
            }
            try (WriteBatch batch = new WriteBatch()) {
                database.putAbout(batch, StoreAbout.IDENTITY, identity);
                database.write(batch);
            }
            return true;
        } catch (RocksDBException e) {
            try (database) {
                throw e;
            }
        }
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
