package dev.hookswitch.fanout;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The publication of an event that was taken, as it is remembered.
 *
 * @param sinceBucketMs when, in milliseconds since the beginning of the bucket that it is in
 * @param content of its {@link EventIdentity}
 * @param partition of {@code events} where it stands
 * @param offset where it stands
 */
record Sighting(long sinceBucketMs, int content, int partition, long offset) {
    private static final int MAX_BYTES = 3 * 10 + Integer.BYTES;

    /** About 13 bytes. */
    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
        buffer.putInt(content);
        ByteUtils.writeVarlong(sinceBucketMs, buffer);
        ByteUtils.writeVarint(partition, buffer);
        ByteUtils.writeVarlong(offset, buffer);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    static Sighting decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int content = buffer.getInt();
        long sinceBucketMs = ByteUtils.readVarlong(buffer);
        return new Sighting(sinceBucketMs, content, ByteUtils.readVarint(buffer), ByteUtils.readVarlong(buffer));
    }
}
