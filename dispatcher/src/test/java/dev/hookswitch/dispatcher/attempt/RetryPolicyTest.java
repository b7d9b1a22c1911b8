package dev.hookswitch.dispatcher.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AttemptResult;
import dev.hookswitch.common.profile.Profile;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.topics.Tier;
import dev.hookswitch.common.topics.TopicLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
    private static final Profiles PROFILES = Profiles.builtIn();

    private final RetryPolicy policy =
            new RetryPolicy(TopicLayout.of(Settings.of(Map.of())).tiers());

    @ParameterizedTest
    @CsvSource({
        "ringyo, '1s 5s 30s 2m 10m exhausted'",
        "ring-tonic, '1s 5s 30s exhausted'",
        "standard, '1s 5s 30s 2m 10m exhausted'"
    })
    void failuresFollowTheScheduleOfTheProfile(String profile, String schedule) {
        List<String> seen = new ArrayList<>();
        for (int attempt = 1; attempt <= profile(profile).maxAttempts(); attempt++) {
            seen.add(decide(profile, attempt, AttemptResult.SERVER_ERROR, null));
        }

        assertThat(String.join(" ", seen)).isEqualTo(schedule);
    }

    @ParameterizedTest
    @EnumSource(AttemptResult.class)
    void onlySuccessDelivers(AttemptResult result) {
        boolean delivered = decide("ringyo", 3, result, null).equals("delivered");

        assertThat(delivered).isEqualTo(result == AttemptResult.SUCCESS);
    }

    @Test
    void successOnTheLastAttemptDelivers() {
        assertThat(decide("ring-tonic", 4, AttemptResult.SUCCESS, null)).isEqualTo("delivered");
    }

    @ParameterizedTest
    @CsvSource({"standard, exhausted", "ringyo, 1s", "ring-tonic, 1s"})
    void goneEndsTheDeliveryAtOnceWhereTheProfileSaysSo(String profile, String expected) {
        assertThat(decide(profile, 1, AttemptResult.GONE, null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // shorter than the schedule: the schedule holds
        "1, PT0S, 1s",
        "2, PT1S, 5s",
        // longer: the smallest tier that is not shorter
        "1, PT1.001S, 5s",
        "1, PT5S, 5s",
        "1, PT6S, 30s",
        "2, PT1M, 2m",
        // beyond the longest tier
        "1, PT24H, 10m",
        // spends attempts all the same
        "6, PT1S, exhausted"
    })
    void retryAfterOnlyEverLengthensTheWait(int attempt, Duration asked, String expected) {
        assertThat(decide("ringyo", attempt, AttemptResult.RATE_LIMITED, asked)).isEqualTo(expected);
    }

    @Test
    void delayBetweenTwoTiersWaitsInTheLongerOne() {
        RetryPolicy coarse = new RetryPolicy(List.of(tier(2), tier(20)));

        assertThat(coarse.decide(profile("ringyo"), 2, AttemptResult.TIMEOUT, Optional.empty()))
                .isEqualTo(new Decision.Retry(tier(20)));
        assertThat(coarse.decide(profile("ringyo"), 5, AttemptResult.TIMEOUT, Optional.empty()))
                .isEqualTo(new Decision.Retry(tier(20)));
    }

    @Test
    void busyEndpointsWaitAtMostAsLongAsTheyNeed() {
        assertThat(policy.within(Duration.ZERO).name()).isEqualTo("1s");
        assertThat(policy.within(Duration.ofMillis(4_999)).name()).isEqualTo("1s");
        assertThat(policy.within(Duration.ofSeconds(5)).name()).isEqualTo("5s");
        assertThat(policy.within(Duration.ofSeconds(119)).name()).isEqualTo("30s");
        assertThat(policy.within(Duration.ofDays(1)).name()).isEqualTo("10m");
    }

    @Test
    void deferralsClimbTheTiersAndStayAtTheLongest() {
        List<String> tiers = new ArrayList<>();
        for (int deferrals : new int[] {0, 1, 2, 3, 4, 5, 1_000_000}) {
            tiers.add(policy.climb(deferrals).name());
        }

        assertThat(tiers).containsExactly("1s", "5s", "30s", "2m", "10m", "10m", "10m");
    }

    private static Tier tier(int seconds) {
        return new Tier(seconds + "s", Duration.ofSeconds(seconds), "retry-" + seconds + "s");
    }

    private static Profile profile(String name) {
        return PROFILES.get(name).profile();
    }

    private String decide(String profile, int attempt, AttemptResult result, @Nullable Duration retryAfter) {
        Decision decision = policy.decide(profile(profile), attempt, result, Optional.ofNullable(retryAfter));
        if (decision instanceof Decision.Retry retry) {
            return retry.tier().name();
        }
        return decision instanceof Decision.Delivered ? "delivered" : "exhausted";
    }
}
