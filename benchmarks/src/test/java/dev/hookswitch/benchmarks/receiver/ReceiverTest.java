package dev.hookswitch.benchmarks.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.benchmarks.load.Bodies;
import dev.hookswitch.benchmarks.load.Stamp;
import dev.hookswitch.benchmarks.load.Targets;
import dev.hookswitch.benchmarks.process.FreePorts;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverTest {
    private static final byte[] POST = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII);
    private static final FreePorts PORTS = FreePorts.ofThisProcess();
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static Targets targets(int count) {
        return new Targets(Targets.Spread.ADDRESSES, PORTS.next(), count);
    }

    private static Socket connect(Targets targets, int endpoint) throws IOException {
        Socket socket = new Socket(targets.host(endpoint), targets.port(endpoint));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), US_ASCII);
    }

    @Test
    void answersOnOneConnectionAgainAndAgainAtEveryAddress() throws IOException {
        Targets targets = targets(3);
        try (Receiver receiver = Receiver.start(targets, new Receiver.Behaviour(Duration.ZERO, 0, 0))) {
            for (int endpoint = 0; endpoint < 3; endpoint++) {
                try (Socket socket = connect(targets, endpoint)) {
                    for (int i = 0; i < 2; i++) {
                        socket.getOutputStream().write(POST);
                        assertThat(read(socket, ANSWER.length())).isEqualTo(ANSWER);
                    }
                }
            }
            assertThat(receiver.requests()).isEqualTo(6);
            assertThat(receiver.connections()).isEqualTo(3);
        }
    }

    @Test
    void answersAfterItsDelay() throws IOException {
        Targets targets = targets(1);
        Duration delay = Duration.ofMillis(50);
        try (Receiver receiver = Receiver.start(targets, new Receiver.Behaviour(delay, 0, 0));
                Socket socket = connect(targets, 0)) {
            long startNanos = System.nanoTime();
            socket.getOutputStream().write(POST);
            assertThat(read(socket, ANSWER.length())).isEqualTo(ANSWER);
            assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(delay.toNanos());
            assertThat(receiver.requests()).isEqualTo(1);
        }
    }

    @Test
    void somePeersAreSilentAndSomeDrip() throws IOException {
        Targets targets = targets(3);
        try (Receiver receiver = Receiver.start(targets, new Receiver.Behaviour(Duration.ZERO, 1, 1));
                Socket silent = connect(targets, 0);
                Socket dripping = connect(targets, 1);
                Socket healthy = connect(targets, 2)) {
            long startNanos = System.nanoTime();
            for (Socket socket : new Socket[] {silent, dripping, healthy}) {
                socket.getOutputStream().write(POST);
            }
            assertThat(read(healthy, ANSWER.length())).isEqualTo(ANSWER);
            assertThat(read(dripping, 2)).isEqualTo("HT");
            assertThat(System.nanoTime() - startNanos)
                    .isGreaterThan(Duration.ofMillis(500).toNanos());
            silent.setSoTimeout(100);
            assertThatThrownBy(() -> silent.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(receiver.requests()).isEqualTo(3);
        }
    }

    @Test
    void namesTheAddressThatIsTakenAndLeavesTheOthersFree() throws IOException {
        Targets targets = targets(2);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(targets.address(1));
            assertThatThrownBy(() -> Receiver.start(targets, new Receiver.Behaviour(Duration.ZERO, 0, 0)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(targets.address(1).toString());
        }
        Receiver.start(targets, new Receiver.Behaviour(Duration.ZERO, 0, 0)).close();
    }

    @Test
    void aSilentPeerAnswersOnceItIsHealedAndFallsSilentAgain() throws IOException {
        Targets targets = targets(1);
        try (Receiver receiver = Receiver.start(targets, new Receiver.Behaviour(Duration.ZERO, 1, 0));
                Socket socket = connect(targets, 0)) {
            receiver.heal(true);
            socket.getOutputStream().write(POST);
            assertThat(read(socket, ANSWER.length())).isEqualTo(ANSWER);

            receiver.heal(false);
            socket.getOutputStream().write(POST);
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void writesDownWhichRequestsCameWhen(@TempDir Path folder) throws IOException {
        Targets targets = targets(1);
        Path file = folder.resolve("requests");
        long before = System.nanoTime();
        List<Stamp> stamps = List.of(new Stamp(5, 0, before), new Stamp(6, 0, before + 1));
        try (RequestLog log = RequestLog.create(file);
                Receiver receiver = Receiver.start(targets, new Receiver.Behaviour(Duration.ZERO, 0, 0), log);
                Socket socket = connect(targets, 0)) {
            for (Stamp stamp : stamps) {
                byte[] body = stamp.on(new Bodies(300, 1).get(0));
                socket.getOutputStream()
                        .write("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 300\r\n\r\n".getBytes(US_ASCII));
                socket.getOutputStream().write(body);
                assertThat(read(socket, ANSWER.length())).isEqualTo(ANSWER);
            }
            assertThat(receiver.requests()).isEqualTo(2);
        }
        List<Stamp> found = new ArrayList<>();
        RequestLog.read(file, (stamp, arrivedNanos) -> {
            found.add(stamp);
            assertThat(arrivedNanos).isBetween(before, System.nanoTime());
        });
        assertThat(found).isEqualTo(stamps);
    }
}
