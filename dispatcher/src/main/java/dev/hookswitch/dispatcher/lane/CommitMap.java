package dev.hookswitch.dispatcher.lane;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The map of what is done above a committed offset, as commit metadata: magic, version, topic id, the commit's own number,
 * the offset up to which it speaks, then the offsets that are NOT done as varint deltas, and a CRC-32C over all of it;
 * base64url text. The number tells one commit from every other, so that a commit whose answer was lost can be recognised.
 *
 * <p>The broker takes 4,096 characters and a longer text is fatal to a transactional producer, so the map stops before:
 * it then speaks up to a lower offset, and what lies above is delivered again after a restart.
 */
final class CommitMap {
    static final int MAX_CHARS = 4_000;

    private static final int MAX_BYTES = MAX_CHARS / 4 * 3;
    private static final byte MAGIC = 'H';
    private static final byte VERSION = 1;
    private static final int CHECKSUM_BYTES = 4;
    private static final int MAX_VARINT_BYTES = 10;

    private CommitMap() {}

    /** What a map says: every offset in [from, upTo) is done, unless it is listed. */
    record Known(long from, long upTo, long[] notDone) {
        static final Known NOTHING = new Known(0, 0, new long[0]);

        boolean isDone(long offset) {
            return offset >= from && offset < upTo && Arrays.binarySearch(notDone, offset) < 0;
        }
    }

    /** The metadata for a commit of the tracker's low-water mark. */
    static String write(Uuid topicId, long commitNumber, OffsetTracker tracker) {
        long low = tracker.lowWaterMark();
        long[] notDone = tracker.incompleteOffsets();
        ByteBuffer deltas = ByteBuffer.allocate(MAX_BYTES);
        int room = MAX_BYTES - 2 - 16 - 3 * MAX_VARINT_BYTES - CHECKSUM_BYTES;
        long upTo = tracker.knownUpTo();
        long previous = low;
        for (long offset : notDone) {
            if (deltas.position() + MAX_VARINT_BYTES > room) {
                upTo = offset;
                break;
            }
            putVarint(deltas, offset - previous);
            previous = offset;
        }
        deltas.flip();
        ByteBuffer all = ByteBuffer.allocate(MAX_BYTES);
        all.put(MAGIC).put(VERSION);
        all.putLong(topicId.getMostSignificantBits()).putLong(topicId.getLeastSignificantBits());
        putVarint(all, commitNumber);
        putVarint(all, low);
        putVarint(all, upTo - low);
        all.put(deltas);
        all.putInt(checksum(all.array(), all.position()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(all.array(), all.position()));
    }

    /** Reads a map back; one that is not ours, damaged, or of another topic or offset says nothing. */
    static Known read(Uuid topicId, long committedOffset, @Nullable String metadata) {
        if (metadata == null || metadata.isEmpty()) {
            return Known.NOTHING;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(metadata);
            int end = bytes.length - CHECKSUM_BYTES;
            if (end < 2 || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
                return Known.NOTHING;
            }
            ByteBuffer in = ByteBuffer.wrap(bytes, 0, end);
            if (in.get() != MAGIC || in.get() != VERSION || !topicId.equals(new Uuid(in.getLong(), in.getLong()))) {
                return Known.NOTHING;
            }
            long unusedCommitNumber = getVarint(in);
            if (getVarint(in) != committedOffset) {
                return Known.NOTHING;
            }
            long upTo = committedOffset + getVarint(in);
            long[] notDone = new long[end];
            int count = 0;
            long previous = committedOffset;
            while (in.hasRemaining()) {
                previous += getVarint(in);
                notDone[count++] = previous;
            }
            return new Known(committedOffset, upTo, Arrays.copyOf(notDone, count));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Known.NOTHING;
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void putVarint(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long getVarint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("varint too long");
    }
}
