package dev.hookswitch.benchmarks.command;

import dev.hookswitch.benchmarks.rig.Setup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What topics and roles are like. A mixin. */
public final class SetupOptions {
    @Option(names = "--partitions", defaultValue = "6", description = "Partitions; by default ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--body-bytes",
            defaultValue = "1024",
            description = "Size of each body; by default ${DEFAULT-VALUE}.")
    private int bodyBytes;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the roles; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--jvm-flags", description = "Of what is measured; by default ${DEFAULT-VALUE}.")
    private String jvmFlags;

    /** @param jvmFlags by default */
    public SetupOptions(String jvmFlags) {
        this.jvmFlags = jvmFlags;
    }

    /**
     * As they were given.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public Setup setup() {
        List<String> flags =
                jvmFlags.isBlank() ? List.of() : List.of(jvmFlags.strip().split(" +", -1));
        return new Setup(partitions, bodyBytes, settings, flags);
    }
}
