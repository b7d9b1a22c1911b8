package dev.hookswitch.common.profile;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The profiles that a deployment knows: the built-in ones and those in the operator's folder. */
public final class Profiles {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule().addDeserializer(Duration.class, isoDuration()))
            .build();

    private final Map<String, LoadedProfile> byName;

    private Profiles(Map<String, LoadedProfile> byName) {
        this.byName = byName;
    }

    /** The profiles that come with Hookswitch. */
    public static Profiles builtIn() {
        Map<String, LoadedProfile> loaded = new LinkedHashMap<>();
        try {
            for (String name : JSON.readValue(resource("index.json"), new TypeReference<List<String>>() {})) {
                loaded.put(name, load(name, file -> resource(name + "/" + file)));
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
            for (Path entry : entries.filter(Files::isDirectory).sorted().toList()) {
                String name = String.valueOf(entry.getFileName());
                loaded.put(name, load(name, file -> Files.readAllBytes(entry.resolve(file))));
            }
        }
        return new Profiles(loaded);
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

    private static LoadedProfile load(String name, Source source) throws IOException {
        Profile profile;
        try {
            profile = JSON.readValue(source.read("profile.json"), Profile.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException("profile " + name + ": " + e.getMessage(), e);
        }
        if (!profile.name().equals(name)) {
            throw new IOException("profile " + name + ": name must be that of its folder, was: " + profile.name());
        }
        return LoadedProfile.of(profile, source);
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = Profiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new FileNotFoundException("no resource " + path);
            }
            return in.readAllBytes();
        }
    }

    private static JsonDeserializer<Duration> isoDuration() {
        return new IsoDuration();
    }

    private static final class IsoDuration extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(
                com.fasterxml.jackson.core.JsonParser parser,
                com.fasterxml.jackson.databind.DeserializationContext context)
                throws IOException {
            String text = parser.getText();
            try {
                return Duration.parse(text);
            } catch (java.time.format.DateTimeParseException e) {
                throw new IOException("must be an ISO 8601 duration such as PT5S, was: " + text, e);
            }
        }
    }

    /** Where the files of one profile come from. */
    interface Source {
        byte[] read(String file) throws IOException;
    }
}
