package dev.hookswitch.console.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;

/** What a store knows about itself. */
final class StoreAbout {
    /** Which topics it was made of, and in which format. */
    static final byte[] IDENTITY = "identity".getBytes(US_ASCII);
    /** By how much an event's time was ahead of the first row about it, at the most. */
    static final byte[] AHEAD_MS = "ahead-ms".getBytes(US_ASCII);

    private StoreAbout() {}

    static long number(Database database, byte[] key, long otherwise) throws RocksDBException {
        byte[] value = database.about(key);
        return value == null ? otherwise : ByteBuffer.wrap(value).getLong();
    }

    static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
