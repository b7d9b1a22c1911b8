package dev.hookswitch.benchmarks.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostReaderTest {
    private static final String TWO = """
            POST /a HTTP/1.1\r
            Webhook-Id: msg_1\r
            Content-Length: 4\r
            \r
            \n\n\n\nPOST /b HTTP/1.1\r
            content-length: 0\r
            webhook-id:msg_2\r
            \r
            """;

    private static List<String> read(byte[] bytes, int atATime) {
        PostReader reader = new PostReader();
        List<String> ids = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += atATime) {
            reader.take(ByteBuffer.wrap(bytes, from, Math.min(atATime, bytes.length - from)), ids::add);
        }
        return ids;
    }

    @Test
    void findsTheDeliveryOfEachRequestHoweverTheBytesCome() {
        byte[] bytes = TWO.getBytes(US_ASCII);

        for (int atATime : new int[] {1, 7, bytes.length}) {
            assertThat(read(bytes, atATime)).as("%d bytes at a time", atATime).containsExactly("msg_1", "msg_2");
        }
    }

    @Test
    void aRequestThatIsNotWholeIsNone() {
        byte[] bytes = TWO.getBytes(US_ASCII);

        assertThat(read(java.util.Arrays.copyOf(bytes, TWO.indexOf("POST /b") - 1), 5))
                .isEmpty();
    }

    @Test
    void aRequestWithoutAnIdDoesNotGetThatOfAnother() {
        String third = TWO + "POST /c HTTP/1.1\r\nContent-Length: 1\r\n\r\nx";

        assertThat(read(third.getBytes(US_ASCII), 11)).containsExactly("msg_1", "msg_2", "");
    }
}
