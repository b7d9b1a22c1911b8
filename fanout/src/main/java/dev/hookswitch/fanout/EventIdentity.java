package dev.hookswitch.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hookswitch.common.event.DomainEvent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What tells two publications of an event from two events.
 *
 * @param key 128 bits of SHA-256 over tenant and id: nobody finds two ids with the same
 * @param content a check sum over all else that is delivered; not over how the JSON is laid out
 */
record EventIdentity(Bytes key, int content) {
    private static final int KEY_BYTES = 16;
    /** In neither a tenant's name nor an id. */
    private static final byte SEPARATOR = 0;

    static EventIdentity of(DomainEvent event) {
        return new EventIdentity(key(event), content(event));
    }

    private static Bytes key(DomainEvent event) {
        MessageDigest digest = sha256();
        digest.update(event.tenant().getBytes(UTF_8));
        digest.update(SEPARATOR);
        digest.update(event.id().getBytes(UTF_8));
        return Bytes.wrap(Arrays.copyOf(digest.digest(), KEY_BYTES));
    }

    private static int content(DomainEvent event) {
        CRC32C sum = new CRC32C();
        update(sum, event.type().getBytes(UTF_8));
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, event.occurredAt().toEpochMilli()));
        String about = event.aboutEndpoint();
        update(sum, about == null ? null : about.getBytes(UTF_8));
        update(sum, event.workspaceJson());
        update(sum, event.dataJson());
        return (int) sum.getValue();
    }

    private static void update(CRC32C sum, byte @Nullable [] part) {
        if (part != null) {
            sum.update(part);
        }
        sum.update(SEPARATOR);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
