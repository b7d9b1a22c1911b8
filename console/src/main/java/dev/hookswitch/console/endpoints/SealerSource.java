package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.common.sealing.SecretSealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Gives a sealer under the operator's key ring. The file is read when a secret is sealed, not before: who only looks at
 * endpoints needs no key.
 */
final class SealerSource {
    private static final String SETTING = "secrets.key-ring";
    private static final String ADVICE = "; `hookswitch key-ring create FILE` makes one";

    private final Optional<String> file;
    private final SecureRandom random;

    private SealerSource(Optional<String> file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    static SealerSource of(Settings settings, SecureRandom random) {
        SettingsReader reader = settings.reader();
        Optional<String> file = reader.optionalText(SETTING);
        reader.done();
        return new SealerSource(file, random);
    }

    /**
     * Reads the key ring.
     *
     * @throws SettingsException when there is none, or it cannot be read
     */
    SecretSealer get() {
        return new SecretSealer(ring(), random);
    }

    /**
     * Reads the key ring.
     *
     * @throws SettingsException when there is none, or it cannot be read
     */
    KeyRing ring() {
        Path path = Path.of(file.orElseThrow(() -> problem("must name a key ring file" + ADVICE)));
        if (Files.notExists(path)) {
            throw problem("must name a key ring file, there is none at " + path + ADVICE);
        }
        try {
            return KeyRing.read(path);
        } catch (IOException e) {
            throw problem("cannot be used: " + e);
        }
    }

    private static SettingsException problem(String rule) {
        return new SettingsException(List.of(SETTING + " " + rule));
    }
}
