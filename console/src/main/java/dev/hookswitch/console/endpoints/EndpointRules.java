package dev.hookswitch.console.endpoints;

import dev.hookswitch.common.config.HumanDuration;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.egress.EgressRules;
import dev.hookswitch.common.egress.EndpointUrl;
import dev.hookswitch.common.model.RetryDelays;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.RetryTiers;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.console.endpoints.InvalidEndpoint.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an endpoint must be like. */
final class EndpointRules {
    private static final int MAX_NAME_CHARS = 100;
    private static final int MAX_METADATA = 20;
    private static final int MAX_METADATA_KEY_CHARS = 40;
    private static final int MAX_METADATA_VALUE_CHARS = 500;

    private final Profiles profiles;
    private final EgressRules egress;
    private final List<Tier> tiers;

    EndpointRules(Profiles profiles, EgressRules egress, List<Tier> tiers) {
        this.profiles = profiles;
        this.egress = egress;
        this.tiers = List.copyOf(tiers);
    }

    /** Reads them; no endpoint is made of a profile whose retries could not be kept. */
    static EndpointRules of(Settings settings) {
        SettingsReader reader = settings.reader();
        Optional<String> folder = reader.optionalText("profiles.folder");
        reader.done();
        try {
            Profiles profiles = folder.isPresent() ? Profiles.withFolder(Path.of(folder.get())) : Profiles.builtIn();
            List<Tier> tiers = TopicLayout.of(settings).tiers();
            RetryTiers.check(profiles.all(), tiers);
            return new EndpointRules(profiles, EgressRules.of(settings), tiers);
        } catch (IOException e) {
            throw new SettingsException(List.of("profiles.folder cannot be used: " + e));
        }
    }

    /**
     * Checks everything that can be known before the endpoint is called.
     *
     * @throws InvalidEndpoint naming the first field that breaks its rule
     */
    void check(NewEndpoint endpoint) {
        if (!TenantRow.isName(endpoint.tenant())) {
            throw new InvalidEndpoint(
                    Code.INVALID_TENANT, "tenant", "tenant must be 1 to 64 letters, digits, _ . : or -");
        }
        Profile profile = profile(endpoint.profile());
        checkName(endpoint.name());
        checkUrl(endpoint.url(), profile);
        checkEvents(endpoint.events(), profile);
        checkMetadata(endpoint.metadata());
        endpoint.secret().ifPresent(EndpointRules::checkSecret);
        endpoint.maxPerSecond().ifPresent(EndpointRules::checkMaxPerSecond);
        endpoint.retryDelays().ifPresent(this::checkRetryDelays);
    }

    /**
     * Checks what is to be otherwise about an endpoint of the profile.
     *
     * @throws InvalidEndpoint naming the first field that breaks its rule
     */
    void check(String profileName, EndpointChange change) {
        if (change.url().isPresent() || change.events().isPresent()) {
            Profile profile = profile(profileName);
            change.url().ifPresent(url -> checkUrl(url, profile));
            change.events().ifPresent(events -> checkEvents(events, profile));
        }
        change.name().ifPresent(EndpointRules::checkName);
        change.metadata().ifPresent(EndpointRules::checkMetadata);
        change.maxPerSecond().ifPresent(limit -> limit.ifPresent(EndpointRules::checkMaxPerSecond));
        change.retryDelays().ifPresent(delays -> delays.ifPresent(this::checkRetryDelays));
    }

    /** @throws InvalidEndpoint when bodies of the profile can carry one signature only */
    void checkOverlap(String profileName) {
        if (!profile(profileName).secretOverlap()) {
            throw new InvalidEndpoint(
                    Code.ROTATION_NOT_SUPPORTED,
                    "profile",
                    "the header of the profile " + profileName
                            + " carries one signature: regenerate the secret at once");
        }
    }

    Profiles profiles() {
        return profiles;
    }

    private static void checkEvents(Set<String> events, Profile profile) {
        EventRules.broken(profile, events).ifPresent(rule -> {
            throw new InvalidEndpoint(Code.INVALID_EVENTS, "events", rule);
        });
    }

    private static void checkMetadata(Map<String, String> metadata) {
        boolean fits = metadata.size() <= MAX_METADATA
                && metadata.entrySet().stream()
                        .allMatch(entry -> !entry.getKey().isEmpty()
                                && entry.getKey().length() <= MAX_METADATA_KEY_CHARS
                                && entry.getValue().length() <= MAX_METADATA_VALUE_CHARS);
        if (!fits) {
            throw new InvalidEndpoint(
                    Code.INVALID_METADATA,
                    "metadata",
                    "metadata must have at most " + MAX_METADATA + " fields with names of 1 to "
                            + MAX_METADATA_KEY_CHARS + " and texts of at most " + MAX_METADATA_VALUE_CHARS
                            + " characters");
        }
    }

    /** @throws InvalidEndpoint when no endpoint may have this limit */
    static void checkMaxPerSecond(double perSecond) {
        try {
            Subscription.checkMaxPerSecond(perSecond);
        } catch (IllegalArgumentException e) {
            throw new InvalidEndpoint(Code.INVALID_MAX_PER_SECOND, "max_per_second", String.valueOf(e.getMessage()));
        }
    }

    /** @throws InvalidEndpoint when no endpoint of this deployment may have these delays before its retries */
    void checkRetryDelays(List<String> delays) {
        List<Duration> parsed;
        try {
            parsed = RetryDelays.parse(delays.stream().map(Shown::text).toList());
        } catch (IllegalArgumentException e) {
            throw new InvalidEndpoint(Code.INVALID_RETRY_DELAYS, "retry_delays", String.valueOf(e.getMessage()));
        }
        for (Duration delay : parsed) {
            if (tiers.stream().noneMatch(tier -> tier.delay().equals(delay))) {
                throw new InvalidEndpoint(
                        Code.INVALID_RETRY_DELAYS,
                        "retry_delays",
                        "retry_delays must be tiers of this deployment, which are "
                                + String.join(
                                        ",", tiers.stream().map(Tier::name).toList()) + "; was: "
                                + HumanDuration.format(delay));
            }
        }
    }

    private Profile profile(String name) {
        return profiles.find(name)
                .orElseThrow(() -> new InvalidEndpoint(
                        Code.INVALID_PROFILE,
                        "profile",
                        "profile must be one of "
                                + String.join(
                                        ", ",
                                        profiles.all().stream()
                                                .map(known -> known.name())
                                                .toList())
                                + ", was: " + Shown.text(name)))
                .profile();
    }

    private static void checkName(String name) {
        boolean printable = name.codePoints().noneMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        });
        if (!printable || name.codePointCount(0, name.length()) > MAX_NAME_CHARS) {
            throw new InvalidEndpoint(
                    Code.INVALID_NAME,
                    "name",
                    "name must have at most " + MAX_NAME_CHARS + " characters, no control characters among them");
        }
    }

    private void checkUrl(String text, Profile profile) {
        EndpointUrl url;
        try {
            url = egress.parse(text, profile.httpsOnly());
        } catch (IllegalArgumentException e) {
            throw new InvalidEndpoint(Code.INVALID_URL, "url", String.valueOf(e.getMessage()));
        }
        if (url.literalAddress()
                .filter(address -> !egress.addresses().allows(address))
                .isPresent()) {
            throw new InvalidEndpoint(
                    Code.INVALID_URL, "url", "url must not have an address that is private or reserved");
        }
    }

    /** @throws InvalidEndpoint when no endpoint may have this secret */
    static void checkSecret(String text) {
        try {
            Secret.of(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidEndpoint(Code.INVALID_SECRET, "secret", String.valueOf(e.getMessage()));
        }
    }
}
