package dev.hookswitch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final BodyReader reader = new BodyReader(LIMIT, nanos::get);

    @Test
    void readsToTheEndOrToTheLimit() throws IOException {
        byte[] body = new byte[100_000];
        body[99_999] = 7;

        assertThat(reader.read(new ByteArrayInputStream(body), 200_000)).isEqualTo(body);
        assertThat(reader.read(new ByteArrayInputStream(body), 100_000)).isEqualTo(body);
        assertThat(reader.read(new ByteArrayInputStream(body), 99_999)).hasSize(99_999);
        assertThat(reader.read(InputStream.nullInputStream(), 10)).isEmpty();
    }

    @Test
    void leavesTheRestUnread() throws IOException {
        InputStream body = new ByteArrayInputStream(new byte[50_000]);

        reader.read(body, 20_000);

        assertThat(body.available()).isEqualTo(30_000);
    }

    @Test
    void endsABodyThatDripsForTooLong() throws IOException {
        assertThat(reader.read(dripping(10, Duration.ofSeconds(1)), 1_000)).hasSize(10);
        assertThatThrownBy(() -> reader.read(dripping(11, Duration.ofSeconds(1)), 1_000))
                .isInstanceOf(BodyReader.TooSlow.class)
                .hasMessageContaining("10000 ms");
        assertThatCode(() -> reader.drop(dripping(11, Duration.ofSeconds(1)), 1_000))
                .doesNotThrowAnyException();
    }

    @Test
    void bodyThatBreaksOffIsNoShortBody() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken off");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return read();
            }
        };

        assertThatThrownBy(() -> reader.read(broken, 10))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(BodyReader.TooSlow.class);
    }

    /** So many bytes, one at a time, each after a pause. */
    private InputStream dripping(int bytes, Duration pause) {
        return new InputStream() {
            private int left = bytes;

            @Override
            public int read() {
                if (left == 0) {
                    return -1;
                }
                left--;
                nanos.addAndGet(pause.toNanos());
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                int next = read();
                if (next < 0) {
                    return -1;
                }
                into[from] = (byte) next;
                return 1;
            }
        };
    }
}
