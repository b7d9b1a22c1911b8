package dev.hookswitch.console.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.profile.Profiles;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventRulesTest {
    private static final Profiles PROFILES = Profiles.builtIn();

    @ParameterizedTest
    @CsvSource({
        "ringyo,     call.completed|credits.low",
        "ringyo,     *",
        "ring-tonic, voicemail.transcribed",
        "standard,   anything.goes_here",
        "ringyo,     endpoint.disabled|delivery.failed",
        "ring-tonic, call.missed|endpoint.failing|endpoint.enabled|endpoint.recovered",
        "ringyo,     *|endpoint.disabled",
    })
    void takesWhatTheProfileKnows(String profile, String events) {
        assertThat(EventRules.broken(profile(profile), types(events))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ringyo,   '',                      'events must name at least one event type, or * for every one'",
        "ringyo,   *|call.completed,        'must be * alone or with types about endpoints, or types without *'",
        "ringyo,   endpoint.disable,        'unknown: endpoint.disable (did you mean endpoint.disabled?)'",
        "ringyo,   endpoint.unknown,        'unknown: endpoint.unknown'",
        "ringyo,   unknown,                 'unknown: unknown'",
        "standard, call..completed,         'was: call..completed'",
        "standard, zażółć,                  'was: za????'",
        "ringyo,   call.complete,           'unknown: call.complete (did you mean call.completed?)'",
        "ringyo,   call.started|agent.new,  'agent.new (did you mean agent.created?), call.started (did you mean'",
        "ring-tonic, credits.low,           'types of the profile ring-tonic, unknown: credits.low (did you mean'",
    })
    void namesTheRuleThatIsBroken(String profile, String events, String message) {
        assertThat(EventRules.broken(profile(profile), types(events)))
                .hasValueSatisfying(
                        rule -> assertThat(rule).startsWith("events ").contains(message));
    }

    @Test
    void countsTypes() {
        Profile standard = profile("standard");

        assertThat(EventRules.broken(standard, many(100))).isEmpty();
        assertThat(EventRules.broken(standard, many(101))).hasValue("events must name at most 100 types, has 101");
    }

    @Test
    void measuresTypes() {
        Profile standard = profile("standard");

        assertThat(EventRules.broken(standard, Set.of("a".repeat(64)))).isEmpty();
        assertThat(EventRules.broken(standard, Set.of("a".repeat(65)))).isPresent();
    }

    private static Set<String> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> "type" + i).collect(Collectors.toSet());
    }

    private static Set<String> types(String joined) {
        return joined.isEmpty() ? Set.of() : Set.of(joined.split("\\|", -1));
    }

    private static Profile profile(String name) {
        return PROFILES.get(name).profile();
    }
}
