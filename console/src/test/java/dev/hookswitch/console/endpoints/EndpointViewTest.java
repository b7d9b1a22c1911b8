package dev.hookswitch.console.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointViewTest {

    @ParameterizedTest(name = "active={0}, activation {1}, {2} of activation {3} with {4} failures: {5}")
    @CsvSource({
        "true,  2, HEALTHY,  2, 0,  active",
        "true,  2, FAILING,  2, 3,  failing",
        "true,  2, DISABLED, 2, 10, disabled",
        "true,  2, UNKNOWN,  2, 0,  active",
        // Of an older activation: enabled since.
        "true,  2, FAILING,  1, 3,  active",
        "true,  2, DISABLED, 1, 10, active",
        // A status that is ahead of the subscription still disables it.
        "true,  2, DISABLED, 3, 10, disabled",
        "false, 2, HEALTHY,  2, 0,  inactive",
        "false, 2, FAILING,  2, 3,  inactive",
        "false, 2, DISABLED, 2, 10, inactive",
    })
    void derivesTheStateFromBothRecords(
            boolean active,
            long activation,
            EndpointStatus.State state,
            long statusActivation,
            int failures,
            String expected) {
        EndpointStatus status = new EndpointStatus("acme", "wh_1", statusActivation, state, failures, null, 0);

        assertThat(new EndpointView(subscription(active, activation), Optional.of(status))
                        .state()
                        .word())
                .isEqualTo(expected);
    }

    @Test
    void withoutAStatusTheTenantsWishCounts() {
        assertThat(new EndpointView(subscription(true, 1), Optional.empty()).state())
                .isEqualTo(EndpointView.State.ACTIVE);
        assertThat(new EndpointView(subscription(false, 1), Optional.empty()).state())
                .isEqualTo(EndpointView.State.INACTIVE);
    }

    private static Subscription subscription(boolean active, long activation) {
        return new Subscription(
                "acme",
                "wh_1",
                "ringyo",
                "",
                "https://hooks.example.com/",
                Set.of("*"),
                null,
                active,
                activation,
                activation,
                List.of(),
                0,
                0);
    }
}
