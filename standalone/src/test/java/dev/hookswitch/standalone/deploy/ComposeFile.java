package dev.hookswitch.standalone.deploy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The services of a compose file; {@code ${NAME:-default}} replaced as compose does. */
final class ComposeFile {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):([-?])([^}]*)}");

    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, String> operator;

    /** @param operator the environment of who runs compose */
    ComposeFile(Path file, Map<String, String> operator) throws IOException {
        this.operator = operator;
        try (Reader reader = Files.newBufferedReader(file)) {
            Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            map(root, "services").forEach((name, body) -> services.put((String) name, new Service((Map<?, ?>) body)));
        }
    }

    Map<String, Service> services() {
        return services;
    }

    Service service(String name) {
        return Optional.ofNullable(services.get(name)).orElseThrow(() -> new AssertionError("no service " + name));
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> child ? child : Map.of();
    }

    private String replaced(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = operator.get(found.group(1));
            if (value == null && found.group(2).equals("?")) {
                throw new AssertionError(found.group(1) + " is required: " + found.group(3));
            }
            return Matcher.quoteReplacement(value == null ? found.group(3) : value);
        });
    }

    /** One service. */
    final class Service {
        private final Map<?, ?> body;

        Service(Map<?, ?> body) {
            this.body = body;
        }

        boolean has(String key) {
            return body.containsKey(key);
        }

        String text(String key) {
            return String.valueOf(body.get(key));
        }

        List<?> list(String key) {
            return body.get(key) instanceof List<?> items ? items : List.of();
        }

        /** The role whose image it runs; empty for images that are not ours. */
        Optional<String> role() {
            return Optional.ofNullable((String) map(map(body, "build"), "args").get("ROLE"));
        }

        String dockerfile() {
            return String.valueOf(map(body, "build").get("dockerfile"));
        }

        /** What a container sees. */
        Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>();
            map(body, "environment")
                    .forEach((name, value) -> environment.put((String) name, replaced(String.valueOf(value))));
            return environment;
        }

        /** The services that it waits for, each with the condition. */
        Map<?, ?> dependsOn() {
            return map(body, "depends_on");
        }

        Map<?, ?> healthcheck() {
            return map(body, "healthcheck");
        }
    }
}
