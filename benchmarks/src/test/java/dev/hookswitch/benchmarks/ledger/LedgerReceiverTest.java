package dev.hookswitch.benchmarks.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.FreePorts;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerReceiverTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** Ids with hash codes that make the first POST fail, or not. */
    private static final String FAILS_ONCE = idWithHash(0);

    private static final String SUCCEEDS = idWithHash(5);

    private final Targets targets = LedgerMain.targets(FreePorts.ofThisProcess().next(), 2);

    @TempDir
    Path folder;

    private static String idWithHash(int rest) {
        int number = 0;
        while (Math.floorMod(("msg_" + number).hashCode(), 10) != rest) {
            number++;
        }
        return "msg_" + number;
    }

    private LedgerReceiver start() throws IOException {
        return LedgerReceiver.start(
                targets, Clock.systemUTC(), new Answers(new Random(1)), folder.resolve("ledger.txt"));
    }

    private List<Post> ledger() {
        List<Post> posts = new ArrayList<>();
        Post.read(folder.resolve("ledger.txt"), posts::add);
        return posts;
    }

    private static void post(Socket socket, String id) throws IOException {
        String text = "POST /x HTTP/1.1\r\nHost: a\r\nwebhook-id: " + id + "\r\nContent-Length: 2\r\n\r\nok";
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private Socket connect(int endpoint) throws IOException {
        Socket socket = new Socket(targets.host(endpoint), targets.port(endpoint));
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        String answer = "";
        while (!answer.endsWith("\r\n\r\n")) {
            answer += (char) socket.getInputStream().read();
        }
        return answer.substring(0, "HTTP/1.1 200".length());
    }

    @Test
    void answersAsItsLedgerSaysAndTheFirstPostOfSomeFails() throws IOException {
        try (LedgerReceiver receiver = start();
                Socket first = connect(0);
                Socket second = connect(1)) {
            post(first, FAILS_ONCE);
            assertThat(answer(first)).isEqualTo("HTTP/1.1 500");
            post(first, FAILS_ONCE);
            assertThat(answer(first)).isEqualTo("HTTP/1.1 200");
            post(second, SUCCEEDS);
            assertThat(answer(second)).isEqualTo("HTTP/1.1 200");
            assertThat(receiver.posts()).isEqualTo(3);
        }
        assertThat(ledger()).extracting(Post::deliveryId).containsExactly(FAILS_ONCE, FAILS_ONCE, SUCCEEDS);
        assertThat(ledger()).extracting(Post::status).containsExactly(500, 200, 200);
        assertThat(ledger()).allMatch(post -> post.answeredMs() > post.arrivedMs());
    }

    @Test
    void keepsThePostOfAPeerThatDoesNotWaitForTheAnswer() throws IOException {
        try (LedgerReceiver receiver = start()) {
            try (Socket gone = connect(0)) {
                post(gone, SUCCEEDS);
            }
            Awaitility.await().atMost(LIMIT).until(() -> receiver.posts() == 1);
        }
        assertThat(ledger()).extracting(Post::deliveryId).containsExactly(SUCCEEDS);
    }

    @Test
    void refusesALedgerThatIsNone() throws IOException {
        Files.writeString(folder.resolve("ledger.txt"), "1 2 200\n");

        assertThatThrownBy(this::ledger).isInstanceOf(IllegalArgumentException.class);
    }
}
