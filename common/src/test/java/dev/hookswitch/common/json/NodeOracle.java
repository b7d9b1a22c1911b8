package dev.hookswitch.common.json;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A Node process that answers {@code JSON.stringify(JSON.parse(document))}, the definition of stable. */
final class NodeOracle implements AutoCloseable {

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private NodeOracle(Process process) {
        this.process = process;
        questions = new BufferedWriter(
                new OutputStreamWriter(process.getOutputStream(), StandardCharsets.ISO_8859_1), 1 << 16);
        answers = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1), 1 << 16);
    }

    /** Starts Node; without it the calling test is skipped, and says so on standard error. */
    static NodeOracle start() {
        Process process = null;
        try {
            process = new ProcessBuilder("node", "-e", CaseFile.text("stringify.js"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            System.err.println(
                    "SKIPPED: stable JSON is not compared with JavaScript, for node cannot start: " + e.getMessage());
        }
        assumeTrue(process != null, "node must be on the PATH to compare stable JSON with JavaScript");
        return new NodeOracle(process);
    }

    /** What Node prints for each document; what it refuses is answered with an exclamation mark and the reason. */
    List<String> stringify(List<byte[]> documents) throws IOException {
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> ask(documents));
        List<String> printed = new ArrayList<>(documents.size());
        for (int i = 0; i < documents.size(); i++) {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("node ended before it answered " + i + " of " + documents.size());
            }
            printed.add(
                    answer.startsWith("!")
                            ? answer
                            : new String(Base64.getDecoder().decode(answer), StandardCharsets.UTF_8));
        }
        writing.join();
        return printed;
    }

    private void ask(List<byte[]> documents) {
        try {
            for (byte[] document : documents) {
                questions.write(Base64.getEncoder().encodeToString(document));
                questions.write('\n');
            }
            questions.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
