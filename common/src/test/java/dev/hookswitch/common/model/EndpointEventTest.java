package dev.hookswitch.common.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.hookswitch.common.model.AttemptRow.Decision;
import dev.hookswitch.common.model.AttemptRow.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointEventTest {
    private static AttemptRow row(String webhookId, String deliveryId, int attempt, long startedAtMs) {
        return new AttemptRow(
                Kind.ATTEMPT,
                deliveryId,
                "evt_1",
                "call.completed",
                "acme",
                webhookId,
                "ringyo",
                1,
                attempt,
                6,
                AttemptResult.SERVER_ERROR,
                503,
                Decision.RETRY,
                "1s",
                startedAtMs,
                20,
                false,
                0,
                0,
                7,
                0,
                9,
                "dispatcher-1",
                null);
    }

    private static String id(AttemptRow cause) {
        return EndpointEvent.id(EndpointEvent.Type.ENDPOINT_FAILING, cause);
    }

    @Test
    void theSameAttemptGivesTheSameIdWhoeverReadsIt() {
        AttemptRow cause = row("wh_1", "msg_1", 1, 1_700_000_000_000L);

        assertThat(id(cause))
                .isEqualTo(id(Wire.read(Wire.write(cause), AttemptRow.class)))
                .isEqualTo("oev_01HF7YAT0MGQ6G27RZAMK9FB7H")
                .matches("oev_[0-9A-HJKMNP-TV-Z]{26}");
    }

    @Test
    void whateverTellsAttemptsApartTellsIdsApart() {
        AttemptRow cause = row("wh_1", "msg_1", 1, 1_700_000_000_000L);

        assertThat(Stream.of(
                        id(cause),
                        EndpointEvent.id(EndpointEvent.Type.DELIVERY_FAILED, cause),
                        id(row("wh_2", "msg_1", 1, 1_700_000_000_000L)),
                        id(row("wh_1", "msg_2", 1, 1_700_000_000_000L)),
                        id(row("wh_1", "msg_1", 2, 1_700_000_000_000L)),
                        id(row("wh_1", "msg_1", 1, 1_700_000_000_001L))))
                .doesNotHaveDuplicates();
    }

    @Test
    void idsSortByTheTimeAtWhichAttemptsEnded() {
        assertThat(List.of(
                        id(row("wh_1", "msg_9", 9, 1_700_000_000_000L)),
                        id(row("wh_1", "msg_1", 1, 1_700_000_000_001L))))
                .isSorted();
    }

    @ParameterizedTest
    @EnumSource(EndpointEvent.Type.class)
    void wireNamesAreWhatRowsHold(EndpointEvent.Type type) throws NoSuchFieldException {
        JsonProperty property = EndpointEvent.Type.class.getField(type.name()).getAnnotation(JsonProperty.class);

        if (type == EndpointEvent.Type.UNKNOWN) {
            assertThat(EndpointEvent.Type.named("unknown")).isEmpty();
        } else {
            assertThat(property.value()).isEqualTo(type.wireName());
            assertThat(EndpointEvent.Type.named(type.wireName())).hasValue(type);
        }
    }

    @Test
    void anEventIsKnownAsToldByIdAndType() {
        String id = id(row("wh_1", "msg_1", 1, 1_700_000_000_000L));

        assertThat(EndpointEvent.isToldBy(id, "endpoint.failing")).isTrue();
        assertThat(EndpointEvent.isToldBy("evt_1", "endpoint.failing")).isFalse();
        assertThat(EndpointEvent.isToldBy(id, "call.completed")).isFalse();
    }
}
