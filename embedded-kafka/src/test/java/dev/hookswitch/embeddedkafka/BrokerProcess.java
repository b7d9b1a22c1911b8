package dev.hookswitch.embeddedkafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker in a JVM of its own, to be killed. */
final class BrokerProcess implements AutoCloseable {
    private static final String READY = "bootstrap=";

    private final Process process;
    private final BufferedReader output;

    private BrokerProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static BrokerProcess start(Path directory) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                directory.toString());
        return new BrokerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits until it takes requests. */
    String bootstrapServers() throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return line.substring(READY.length());
            }
            seen.append(line).append('\n');
        }
        throw new IOException("the broker's process ended:\n" + seen);
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " survives");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs until killed, or until the parent's end closes the standard input. */
    public static void main(String[] args) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(Path.of(args[0])));
        System.out.println(READY + kafka.bootstrapServers());
        while (System.in.read() >= 0) {
            // Nothing is expected.
        }
        kafka.close();
    }
}
