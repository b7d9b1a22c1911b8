package dev.hookswitch.standalone.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Dockerfile, as far as the test asks. */
final class ImageFile {
    private static final Pattern COPY = Pattern.compile("(?m)^COPY ((?:--\\S+ )*)(\\S+) \\S+$");
    private static final Pattern ROLE = Pattern.compile("(?m)^\\s+([a-z-]+)\\) main=([\\w.]+) ;;");
    private static final Pattern BUILT = Pattern.compile("-pl (\\S+) -am package");
    private static final Pattern PORT = Pattern.compile("(?m)^EXPOSE (\\d+)$");
    private static final Pattern HEALTH = Pattern.compile("(?m)^HEALTHCHECK .* CMD \\[\"(\\S+)\"]$");

    private final String text;

    ImageFile(Path file) throws IOException {
        this.text = Files.readString(file);
    }

    /** Paths copied out of the source tree. */
    List<String> copiedSources() {
        return copies(false);
    }

    /** Paths copied out of the build stage. */
    List<String> copiedBuilt() {
        return copies(true);
    }

    private List<String> copies(boolean fromStage) {
        List<String> sources = new ArrayList<>();
        COPY.matcher(text)
                .results()
                .filter(copy -> copy.group(1).contains("--from=") == fromStage)
                .forEach(copy -> sources.add(copy.group(2)));
        return sources;
    }

    /** Main class by role. */
    Map<String, String> mainClasses() {
        Map<String, String> mains = new TreeMap<>();
        ROLE.matcher(text).results().forEach(role -> mains.put(role.group(1), role.group(2)));
        return mains;
    }

    List<String> builtModules() {
        return List.of(first(BUILT).split(","));
    }

    String port() {
        return first(PORT);
    }

    String healthCommand() {
        return first(HEALTH);
    }

    private String first(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the Dockerfile has nothing like " + pattern));
    }
}
