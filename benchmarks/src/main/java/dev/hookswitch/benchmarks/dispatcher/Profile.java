package dev.hookswitch.benchmarks.dispatcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a recording's execution samples were taken. The flight recorder samples Java code and native calls that are on a
 * CPU or in the kernel for I/O; it does not see the JVM's own threads (compilers, garbage collector).
 */
final class Profile {
    private static final int SHOWN = 25;
    private static final Set<String> SAMPLES = Set.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

    private final Map<String, Integer> threads = new HashMap<>();
    private final Map<String, Integer> leaves = new HashMap<>();
    private final Map<String, Integer> inclusive = new HashMap<>();
    private int samples;

    private Profile() {}

    static Profile of(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                profile.take(file.readEvent());
            }
        }
        return profile;
    }

    private void take(RecordedEvent event) {
        if (!SAMPLES.contains(event.getEventType().getName()) || event.getStackTrace() == null) {
            return;
        }
        List<String> stack = event.getStackTrace().getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .map(frame -> name(frame.getMethod()))
                .toList();
        if (stack.isEmpty() || isIdle(stack.get(0))) {
            return;
        }
        samples++;
        RecordedThread thread = event.getThread("sampledThread");
        String threadName = thread == null || thread.getJavaName() == null ? "?" : thread.getJavaName();
        threads.merge(threadName, 1, Integer::sum);
        leaves.merge(stack.get(0), 1, Integer::sum);
        new HashSet<>(stack).forEach(method -> inclusive.merge(method, 1, Integer::sum));
    }

    /** A thread that waits in epoll is sampled as if it ran. */
    private static boolean isIdle(String leaf) {
        return leaf.startsWith("sun.nio.ch.EPoll.wait") || leaf.contains("Net.accept") || leaf.contains("readBytes");
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    /** For a terminal. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(samples + " samples");
        lines.addAll(top("by thread", threads));
        lines.addAll(top("methods by own samples", leaves));
        lines.addAll(top("methods with what they call", inclusive));
        return lines;
    }

    private List<String> top(String title, Map<String, Integer> counts) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + title);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(entry -> lines.add(String.format(
                        Locale.ROOT, "    %5.1f %%  %s", 100.0 * entry.getValue() / samples, entry.getKey())));
        return lines;
    }
}
