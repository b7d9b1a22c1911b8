package dev.hookswitch.dispatcher.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.model.AttemptResult;
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
        for (int attempt = 1; attempt <= schedule(profile).maxAttempts(); attempt++) {
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

        assertThat(coarse.decide(schedule("ringyo"), 2, AttemptResult.TIMEOUT, Optional.empty()))
                .isEqualTo(new Decision.Retry(tier(20)));
        assertThat(coarse.decide(schedule("ringyo"), 5, AttemptResult.TIMEOUT, Optional.empty()))
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

    @Test
    void scheduleOfTheEndpointGoesBeforeThatOfItsProfile() {
        RetryPolicy policy = new RetryPolicy(tiers("1s,5s,30s,2m,10m,1h,6h"));
        RetrySchedule own = RetrySchedule.of(PROFILES.get("standard").profile(), List.of("5s", "1h", "6h"));

        List<String> seen = new ArrayList<>();
        for (int attempt = 1; attempt <= own.maxAttempts() + 1; attempt++) {
            seen.add(word(policy.decide(own, attempt, AttemptResult.CONNECT_TIMEOUT, Optional.empty())));
        }

        assertThat(seen)
                .as("one more than there are, for a schedule that was cut")
                .containsExactly("5s", "1h", "6h", "exhausted", "exhausted");
        assertThat(word(policy.decide(own, 1, AttemptResult.GONE, Optional.empty())))
                .as("the rest is still its profile's")
                .isEqualTo("exhausted");
    }

    @ParameterizedTest
    @CsvSource({
        // 10 minutes is no longer the longest
        "1, PT10M1S, 1h",
        "1, PT1H, 1h",
        "1, PT1H0.001S, 6h",
        "5, PT1S, 10m",
        "1, PT24H, 6h",
        "1, PT596523H14M7S, 6h"
    })
    void retryAfterIsHonouredUpToTheLongestTierThereIs(int attempt, Duration asked, String expected) {
        RetryPolicy policy = new RetryPolicy(tiers("1s,5s,30s,2m,10m,1h,6h"));

        assertThat(word(policy.decide(schedule("ringyo"), attempt, AttemptResult.RATE_LIMITED, Optional.of(asked))))
                .isEqualTo(expected);
    }

    /** Hours are for failures: what waits for its turn, or for us, is looked at again soon. */
    @Test
    void whatIsPutOffNeverWaitsInTheTiersOfHours() {
        RetryPolicy policy = new RetryPolicy(tiers("1s,10m,1h,6h"));

        assertThat(policy.within(Duration.ofDays(1)).name()).isEqualTo("10m");
        assertThat(policy.climb(9).name()).isEqualTo("10m");
        RetryPolicy hours = new RetryPolicy(tiers("1h,6h"));
        assertThat(List.of(hours.within(Duration.ZERO).name(), hours.climb(9).name()))
                .containsOnly("1h");
    }

    private static List<Tier> tiers(String text) {
        return TopicLayout.of(Settings.of(Map.of("retry.tiers", text))).tiers();
    }

    private static Tier tier(int seconds) {
        return new Tier(seconds + "s", Duration.ofSeconds(seconds), "retry-" + seconds + "s");
    }

    private static RetrySchedule schedule(String profile) {
        return RetrySchedule.of(PROFILES.get(profile).profile(), null);
    }

    private String decide(String profile, int attempt, AttemptResult result, @Nullable Duration retryAfter) {
        return word(policy.decide(schedule(profile), attempt, result, Optional.ofNullable(retryAfter)));
    }

    private static String word(Decision decision) {
        if (decision instanceof Decision.Retry retry) {
            return retry.tier().name();
        }
        return decision instanceof Decision.Delivered ? "delivered" : "exhausted";
    }
}
