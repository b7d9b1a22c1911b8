package dev.hookswitch.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a Java process.
 *
 * @param main whose main method runs
 * @param jvmFlags flags of the JVM
 * @param arguments of the main method
 */
public record JvmCommand(Class<?> main, List<String> jvmFlags, Message arguments) {
    public JvmCommand {
        jvmFlags = List.copyOf(jvmFlags);
    }

    public JvmCommand withFlags(List<String> more) {
        List<String> flags = new ArrayList<>(jvmFlags);
        flags.addAll(more);
        return new JvmCommand(main, flags, arguments);
    }

    /** With the JVM and the class path of this process. */
    public List<String> likeThisProcess() {
        return words(Path.of(System.getProperty("java.home")), System.getProperty("java.class.path"));
    }

    List<String> words(Path javaHome, String classPath) {
        List<String> words = new ArrayList<>();
        words.add(javaHome.resolve("bin").resolve("java").toString());
        words.addAll(jvmFlags);
        words.add("-cp");
        words.add(classPath);
        words.add(main.getName());
        words.addAll(arguments.arguments());
        return words;
    }
}
