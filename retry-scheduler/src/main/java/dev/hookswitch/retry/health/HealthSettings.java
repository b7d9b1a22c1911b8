package dev.hookswitch.retry.health;

import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.profile.Profiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What an operator sets about endpoint health.
 *
 * @param profiles the profiles whose disabling rules apply
 * @param minFailingTime how long an endpoint must have been failing before its number of failures disables it
 * @param stateFolder where Streams keeps its state; it may be lost
 * @param threads Streams threads
 * @param commitInterval how long a change of health waits at the most before others read it
 * @param replicationFactor of the changelog topic
 * @param minInsyncReplicas of the changelog topic
 */
public record HealthSettings(
        Profiles profiles,
        Duration minFailingTime,
        String stateFolder,
        int threads,
        Duration commitInterval,
        String replicationFactor,
        String minInsyncReplicas) {

    /** Reads them; problems are the reader's to report. */
    public static HealthSettings read(SettingsReader settings) {
        return new HealthSettings(
                profiles(settings),
                settings.duration("retry-scheduler.disable.min-failing-time", Duration.ZERO, Duration.ofDays(30)),
                settings.text("retry-scheduler.state-folder"),
                settings.integer("retry-scheduler.threads", 1, 256),
                settings.duration("streams.commit-interval", Duration.ofMillis(1), Duration.ofMinutes(1)),
                settings.text("topics.replication-factor"),
                settings.text("topics.min-insync-replicas"));
    }

    private static Profiles profiles(SettingsReader settings) {
        Optional<String> folder = settings.optionalText("profiles.folder");
        try {
            return folder.isPresent() ? Profiles.withFolder(Path.of(folder.get())) : Profiles.builtIn();
        } catch (IOException e) {
            settings.problem("profiles.folder", "must hold readable profiles: " + e.getMessage());
            return Profiles.builtIn();
        }
    }
}
