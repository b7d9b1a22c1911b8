package dev.hookswitch.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.config.HumanDuration;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.service.RoleProcess;
import dev.hookswitch.console.cli.CommandContext;
import dev.hookswitch.console.cli.KeyRingCommand;
import dev.hookswitch.console.cli.TopicsCommand;
import dev.hookswitch.standalone.Roles;
import dev.hookswitch.standalone.deploy.ComposeFile.Service;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Nothing here starts a container: it holds the deployment's files against modules, roles, settings and ports. */
class ComposeFileTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final String CONSOLE = "console";
    private static final String KEY_RING = "secrets.key-ring";
    private static final Set<String> NOT_ROLES =
            Set.of("common", "embedded-kafka", "testkit", "standalone", "benchmarks");

    private final ComposeFile compose = new ComposeFile(ROOT.resolve("docker-compose.yml"), Map.of());
    private final ImageFile image = new ImageFile(ROOT.resolve("deploy/Dockerfile"));

    ComposeFileTest() throws IOException {}

    @Test
    void everyRoleHasItsServiceAndEveryServiceItsRole() {
        Set<String> services = ourServices().keySet();

        assertThat(services).containsAll(roles()).contains(CONSOLE);
        assertThat(compose.services().keySet()).hasSize(services.size() + 1).contains("kafka");
        roles().forEach(role -> assertThat(compose.service(role).role()).contains(role));
        ourServices()
                .forEach((name, service) -> assertThat(service.role())
                        .as(name)
                        .hasValueSatisfying(role ->
                                assertThat(role).isIn(roles().contains(name) ? Set.of(name) : Set.of(CONSOLE))));
    }

    @Test
    void everyModuleThatIsRoleHasImageWithItsMainClass() throws Exception {
        Set<String> modules = modules();
        modules.removeAll(NOT_ROLES);

        assertThat(image.mainClasses().keySet()).isEqualTo(modules);
        assertThat(image.builtModules()).hasSameElementsAs(modules);
        for (String main : image.mainClasses().values()) {
            assertThat(Modifier.isStatic(Class.forName(main)
                            .getMethod("main", String[].class)
                            .getModifiers()))
                    .as(main)
                    .isTrue();
        }
    }

    @Test
    void imagesAreBuiltFromPathsThatExist() {
        assertThat(image.copiedSources())
                .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
        assertThat(image.copiedSources().stream().map(path -> path.replace("/pom.xml", "")))
                .as("Maven wants every module")
                .containsAll(modules());
        assertThat(image.copiedBuilt())
                .containsExactlyInAnyOrder("/src/${ROLE}/target/lib", "/src/${ROLE}/target/${ROLE}-*.jar");
        assertThat(ourServices().values())
                .allSatisfy(service ->
                        assertThat(ROOT.resolve(service.dockerfile())).exists());
    }

    @Test
    void everyVariableIsSetting() {
        ourServices()
                .forEach((name, service) -> assertThatCode(() -> Settings.load(null, service.environment(), Map.of()))
                        .as(name)
                        .doesNotThrowAnyException());
        // The check above means something: the code refuses what is no setting.
        assertThatThrownBy(() -> Settings.load(null, Map.of("HOOKSWITCH_DISPATCHER_LANE", "1"), Map.of()))
                .hasMessageContaining("did you mean dispatcher.lanes");
    }

    @Test
    void everyRoleAcceptsItsSettings(@TempDir Path folder) throws Exception {
        Path keyRing = folder.resolve("key-ring.json");
        KeyRing.readOrCreate(keyRing, new SecureRandom());
        Map<String, String> here = Map.of("kafka.bootstrap.servers", "127.0.0.1:1");
        for (Map.Entry<String, RoleProcess.Factory> role : Roles.factories().entrySet()) {
            Settings settings =
                    Settings.load(null, compose.service(role.getKey()).environment(), here);
            boolean hasKeys = settings.reader().optionalText(KEY_RING).isPresent();
            role.getValue()
                    .create(
                            hasKeys ? settings.with(Map.of(KEY_RING, keyRing.toString())) : settings,
                            new SimpleMeterRegistry())
                    .close();
        }
    }

    @Test
    void everyRoleReachesKafkaAndShowsItsHealth() {
        roles().forEach(role -> assertThat(compose.service(role).environment())
                .as(role)
                .containsEntry("HOOKSWITCH_KAFKA_BOOTSTRAP_SERVERS", "kafka:19092")
                .containsEntry("HOOKSWITCH_MANAGEMENT_HOST", "0.0.0.0"));
        assertThat(compose.service("kafka").environment().get("KAFKA_ADVERTISED_LISTENERS"))
                .contains("CONTAINERS://kafka:19092")
                .contains("HOST://" + byDefault("kafka.bootstrap.servers"));
    }

    @Test
    void portsAreTheDefaultsAndOpenToThisMachineAlone() {
        assertThat(List.<Object>copyOf(compose.service("ingest").list("ports")))
                .containsExactly("127.0.0.1:" + twice(byDefault("ingest.port")));
        assertThat(List.<Object>copyOf(compose.service("console").list("ports")))
                .containsExactly("127.0.0.1:" + twice(byDefault("console.port")));
        assertThat(List.<Object>copyOf(compose.service("kafka").list("ports")))
                .containsExactly("127.0.0.1:" + twice(byDefault("standalone.kafka-port")));
        assertThat(image.port()).isEqualTo(byDefault("management.port"));
        ourServices()
                .forEach((name, service) -> assertThat(service.environment())
                        .as(name)
                        .doesNotContainKeys(
                                "HOOKSWITCH_CONSOLE_PORT", "HOOKSWITCH_INGEST_PORT", "HOOKSWITCH_MANAGEMENT_PORT"));
    }

    @Test
    void dispatchersCanBeSeveral() {
        Service dispatcher = compose.service("dispatcher");

        assertThat(Set.of("container_name", "hostname", "ports", "network_mode"))
                .noneMatch(dispatcher::has);
        assertThat(dispatcher.environment()).doesNotContainKey("HOOKSWITCH_DISPATCHER_INSTANCE");
    }

    @Test
    void everyContainerMayDrainBeforeItIsKilled() {
        Duration drain = HumanDuration.parse(byDefault("dispatcher.drain-timeout"));

        roles().forEach(role -> assertThat(
                        HumanDuration.parse(compose.service(role).text("stop_grace_period")))
                .as(role)
                .isGreaterThan(drain));
    }

    @Test
    void rolesWaitForWhatTheyNeed() {
        Map<String, String> completed = Map.of("condition", "service_completed_successfully");

        roles().forEach(role -> assertThat(compose.service(role).dependsOn().get("topics"))
                .as(role)
                .isEqualTo(completed));
        assertThat(compose.service("topics").dependsOn().get("kafka"))
                .isEqualTo(Map.of("condition", "service_healthy"));
        assertThat(compose.service("kafka").healthcheck().get("test")).isNotNull();
        ourServices().forEach((name, service) -> {
            boolean needsKeys = service.environment().containsKey(Settings.environmentName(KEY_RING));
            boolean hasKeys = service.has("volumes")
                    && service.list("volumes").stream()
                            .anyMatch(volume -> String.valueOf(volume).startsWith("keys:"));
            assertThat(needsKeys).as(name).isEqualTo(hasKeys);
            if (needsKeys && !name.equals("key-ring")) {
                assertThat(service.dependsOn().get("key-ring")).as(name).isEqualTo(completed);
            }
        });
    }

    @Test
    void oneShotsRunCommandsThatExist() {
        CommandContext context = CommandContext.system();

        assertThat(List.<Object>copyOf(compose.service("topics").list("command")))
                .containsExactly("topics", "apply");
        assertThat(new CommandLine(new TopicsCommand(context)).getSubcommands()).containsKey("apply");
        assertThat(String.valueOf(compose.service("key-ring").list("command").get(0)))
                .contains(" key-ring create \"$$HOOKSWITCH_SECRETS_KEY_RING\"");
        assertThat(new CommandLine(new KeyRingCommand(context)).getSubcommands())
                .containsKey("create");
    }

    @Test
    void brokerHasTheVersionOfTheClients() throws IOException {
        assertThat(compose.service("kafka").text("image")).isEqualTo("apache/kafka:" + fromPom("kafka\\.version"));
    }

    private Map<String, Service> ourServices() {
        return compose.services().entrySet().stream()
                .filter(service -> service.getValue().role().isPresent())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> roles() {
        return Roles.factories().keySet();
    }

    private static Set<String> modules() {
        try {
            return Pattern.compile("<module>([^<]+)</module>")
                    .matcher(Files.readString(ROOT.resolve("pom.xml")))
                    .results()
                    .map(module -> module.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String fromPom(String property) throws IOException {
        return Pattern.compile("<" + property + ">([^<]+)<")
                .matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String byDefault(String key) {
        return Optional.ofNullable(Settings.defaults().get(key)).orElseThrow();
    }

    private static String twice(String port) {
        return port + ":" + port;
    }
}
