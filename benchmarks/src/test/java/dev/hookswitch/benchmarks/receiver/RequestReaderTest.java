package dev.hookswitch.benchmarks.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private static final String POST =
            "POST /hooks HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 5\r\nX-Long: " + "y".repeat(100) + "\r\n\r\nhello";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final RequestReader reader = new RequestReader(4);

    private int take(String text) {
        return reader.take(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    @Test
    void findsRequestsWithAndWithoutABody() {
        assertThat(take(POST)).isEqualTo(1);
        assertThat(take(GET + POST + POST + GET)).isEqualTo(4);
    }

    @Test
    void findsRequestsHoweverTheyAreCut() {
        String three = POST + GET + POST;
        for (int cut = 1; cut < three.length(); cut++) {
            assertThat(take(three.substring(0, cut)) + take(three.substring(cut)))
                    .as("cut at %d", cut)
                    .isEqualTo(3);
        }
    }

    @Test
    void waitsForTheWholeBody() {
        assertThat(take(POST.substring(0, POST.length() - 1))).isZero();
        assertThat(take("o")).isEqualTo(1);
    }

    @Test
    void keepsTheBeginningOfTheLastBodyHoweverItIsCut() {
        String other = POST.replace("hello", "earth");
        for (int cut = 1; cut < other.length(); cut++) {
            int unused = take(POST + other.substring(0, cut)) + take(other.substring(cut));
            assertThat(new String(reader.bodyHead(), US_ASCII))
                    .as("cut at %d", cut)
                    .isEqualTo("eart");
        }
    }
}
