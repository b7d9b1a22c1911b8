package dev.hookswitch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BodiesTest {
    @Test
    void areJsonOfExactlyTheSizeAndDiffer() throws IOException {
        Bodies bodies = new Bodies(1_024, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(bodies.get(i)).hasSize(1_024);
            assertThat(new ObjectMapper().readTree(bodies.get(i)).path("type").asText())
                    .isEqualTo("call.completed");
        }
        assertThat(bodies.get(0)).isNotEqualTo(bodies.get(1));
        assertThat(bodies.get(3)).isEqualTo(new Bodies(1_024, 1).get(3));
    }

    @Test
    void refuseASizeThatHoldsNothing() {
        assertThatThrownBy(() -> new Bodies(10, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
