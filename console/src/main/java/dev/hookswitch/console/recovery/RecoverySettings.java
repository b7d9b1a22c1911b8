package dev.hookswitch.console.recovery;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.event.EventParser;
import dev.hookswitch.common.event.SchemaCheck;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the settings say about recoveries.
 *
 * @param perSecond deliveries that a recovery puts per second, when nobody says otherwise
 * @param maxDeliveries that one recovery holds in memory
 * @param endpointPerSecond the limit of an endpoint that has none of its own; 0 for none
 */
record RecoverySettings(
        TopicLayout topics,
        KafkaProperties kafka,
        Profiles profiles,
        EventParser parser,
        SchemaCheck schemaCheck,
        double perSecond,
        int maxDeliveries,
        double endpointPerSecond) {

    /**
     * Reads and checks them.
     *
     * @throws SettingsException naming every problem
     */
    static RecoverySettings of(Settings settings) {
        SettingsReader reader = settings.reader();
        RecoverySettings read = new RecoverySettings(
                TopicLayout.of(settings),
                new KafkaProperties(settings),
                profiles(reader),
                new EventParser(reader.integer("events.max-bytes", 1, 1_048_576)),
                SchemaCheck.of(reader),
                reader.decimal("recovery.per-second", Subscription.LEAST_PER_SECOND, Subscription.MOST_PER_SECOND),
                reader.integer("recovery.max-deliveries", 1, 100_000_000),
                reader.decimal("dispatcher.max-per-second-per-endpoint", 0, Subscription.MOST_PER_SECOND));
        reader.done();
        return read;
    }

    /** @throws RecoveryRefused when its profile is not known here */
    Eligibility eligibility(Subscription subscription) {
        LoadedProfile profile;
        try {
            profile = profiles.get(subscription.profile());
        } catch (IllegalArgumentException e) {
            throw new RecoveryRefused(
                    RecoveryRefused.Code.UNKNOWN_PROFILE,
                    "profile of " + subscription.webhookId() + ": " + e.getMessage()
                            + "; profiles.folder must name the folder that the fan-out uses");
        }
        return new Eligibility(subscription, profile, schemaCheck);
    }

    /** Where recoveries write how far they have come. */
    TopicSpec recoveriesTopic() {
        return topics.spec(topics.recoveries());
    }

    private static void checkRate(double perSecond) {
        if (!(perSecond >= Subscription.LEAST_PER_SECOND && perSecond <= Subscription.MOST_PER_SECOND)) {
            throw new RecoveryRefused(
                    RecoveryRefused.Code.INVALID_PER_SECOND,
                    "per_second must be from 0.01 to 100000, was " + perSecond);
        }
    }

    private static Profiles profiles(SettingsReader reader) {
        Optional<String> folder = reader.optionalText("profiles.folder");
        try {
            return folder.isPresent() ? Profiles.withFolder(Path.of(folder.get())) : Profiles.builtIn();
        } catch (IOException e) {
            reader.problem("profiles.folder", "cannot be used: " + e.getMessage());
            return Profiles.builtIn();
        }
    }

    /**
     * The rate of a recovery: what was asked for or the setting's, and at most half of what the endpoint takes, so that the
     * other half is left for its fresh deliveries.
     *
     * @throws RecoveryRefused when what was asked for is no rate
     */
    double rate(Subscription subscription, OptionalDouble asked) {
        asked.ifPresent(RecoverySettings::checkRate);
        Double own = subscription.maxPerSecond();
        double limit = own == null ? endpointPerSecond : own;
        double wanted = asked.orElse(perSecond);
        return limit > 0 ? Math.min(wanted, limit / 2) : wanted;
    }
}
