package dev.hookswitch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.benchmarks.process.ChildProcess;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.benchmarks.receiver.Receiver;
import dev.hookswitch.benchmarks.receiver.ReceiverMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawClientProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final int ENDPOINTS = 7;
    private static final long POSTS = 500;

    @TempDir
    Path folder;

    private ChildProcess start(String name, JvmCommand command) throws Exception {
        return ChildProcess.start(name, command.withFlags(SMALL), folder.resolve(name + ".log"));
    }

    @Test
    void theRawClientSendsAsManyAsItMayAndTheReceiverSeesThemAll() throws Exception {
        Receiver.Behaviour atOnce = new Receiver.Behaviour(Duration.ZERO, 0, 0);
        try (ChildProcess receiver =
                start("receiver", ReceiverMain.command(Targets.Spread.ADDRESSES, ENDPOINTS, atOnce))) {
            int port = receiver.next(LIMIT).integer("port");
            Targets targets = new Targets(Targets.Spread.ADDRESSES, port, ENDPOINTS);
            try (ChildProcess raw = start("raw", RawClientMain.command(targets, 1_024, 1, 16, POSTS))) {
                assertThat(raw.next(LIMIT).word()).isEqualTo("ready");
                Awaitility.await().atMost(LIMIT).until(() -> raw.mark().number("done") == POSTS);
                Message end = raw.stop(LIMIT);

                assertThat(end.number("done")).isEqualTo(POSTS);
                assertThat(end.number("failed")).isZero();
                assertThat(end.text("whole")).isEqualTo("true");
                assertThat(end.number("cpuNanos")).isPositive();
            }
            Message seen = receiver.mark();
            assertThat(seen.number("done")).isEqualTo(POSTS);
            assertThat(seen.number("connections")).isBetween((long) ENDPOINTS, 64L);
        }
    }

    @Test
    void theRawClientRestsWithNothingInFlightAndGoesOn() throws Exception {
        Receiver.Behaviour slow = new Receiver.Behaviour(Duration.ofMillis(50), 0, 0);
        try (ChildProcess receiver =
                start("receiver", ReceiverMain.command(Targets.Spread.ADDRESSES, ENDPOINTS, slow))) {
            Targets targets =
                    new Targets(Targets.Spread.ADDRESSES, receiver.next(LIMIT).integer("port"), ENDPOINTS);
            try (ChildProcess raw = start("raw", RawClientMain.command(targets, 1_024, 1, 16, Long.MAX_VALUE))) {
                assertThat(raw.next(LIMIT).word()).isEqualTo("ready");
                for (int rest = 1; rest <= 3; rest++) {
                    long before = raw.mark().number("done");
                    Awaitility.await().atMost(LIMIT).until(() -> raw.mark().number("done") > before);
                    assertThat(raw.ask(RawClientMain.rest()).text("whole")).isEqualTo("true");
                    long atRest = raw.mark().number("done");
                    assertThat(receiver.mark().number("done")).isEqualTo(atRest);

                    Awaitility.await()
                            .during(Duration.ofMillis(300))
                            .atMost(LIMIT)
                            .until(() -> receiver.mark().number("done") == atRest);
                    assertThat(raw.ask(RawClientMain.goOn()).word()).isEqualTo("going");
                }
                assertThat(raw.stop(LIMIT).number("failed")).isZero();
            }
        }
    }

    @Test
    void saysWhyAProcessDidNotStart() throws Exception {
        JvmCommand wrong =
                new JvmCommand(ReceiverMain.class, List.of(), Message.of("x").with("spread", "NOWHERE"));

        try (ChildProcess child = start("wrong", wrong)) {
            assertThatThrownBy(() -> child.next(LIMIT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("wrong has ended")
                    .hasMessageContaining("NOWHERE");
        }
    }
}
