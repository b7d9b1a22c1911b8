package dev.hookswitch.common.profile;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookswitch.common.config.SettingsReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The profiles that a deployment knows: the built-in ones and those in the operator's folder. */
public final class Profiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, LoadedProfile> byName;

    private Profiles(Map<String, LoadedProfile> byName) {
        this.byName = byName;
    }

    /** The profiles that come with Hookswitch. */
    public static Profiles builtIn() {
        Map<String, LoadedProfile> loaded = new LinkedHashMap<>();
        try {
            for (String name : JSON.readValue(resource("index.json"), new TypeReference<List<String>>() {})) {
                loaded.put(name, LoadedProfile.of(new ProfileFiles(name, file -> resource(name + "/" + file))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a built-in profile cannot be read", e);
        }
        return new Profiles(loaded);
    }

    /**
     * The built-in profiles and, over them, one for each sub-folder of {@code folder}, laid out as the built-in ones:
     * {@code <name>/profile.json}, {@code <name>/events/<type>.schema.json} and {@code .sample.json}.
     *
     * @throws IOException when a profile cannot be read; the message names file and field
     */
    public static Profiles withFolder(Path folder) throws IOException {
        Map<String, LoadedProfile> loaded = new LinkedHashMap<>(builtIn().byName);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Profiles::isProfile).sorted().toList()) {
                String name = String.valueOf(entry.getFileName());
                loaded.put(
                        name,
                        LoadedProfile.of(new ProfileFiles(name, file -> Files.readAllBytes(entry.resolve(file)))));
            }
        }
        return new Profiles(loaded);
    }

    /** Those that the setting {@code profiles.folder} names. A folder that cannot be used is the reader's problem. */
    public static Profiles of(SettingsReader reader) {
        String folder = reader.optionalText("profiles.folder").orElse("");
        try {
            return folder.isEmpty() ? builtIn() : withFolder(Path.of(folder));
        } catch (IOException e) {
            reader.problem("profiles.folder", "cannot be used: " + e.getMessage());
            return builtIn();
        }
    }

    /** Hidden folders are not: Kubernetes keeps the versions of a mounted ConfigMap in such. */
    private static boolean isProfile(Path entry) {
        return Files.isDirectory(entry) && !String.valueOf(entry.getFileName()).startsWith(".");
    }

    /** The profile of that name. */
    public Optional<LoadedProfile> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The profile of that name, which must exist. */
    public LoadedProfile get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "profile must be one of " + String.join(", ", byName.keySet()) + ", was: " + name));
    }

    public Collection<LoadedProfile> all() {
        return byName.values();
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = Profiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new FileNotFoundException("no resource " + path);
            }
            return in.readAllBytes();
        }
    }
}
