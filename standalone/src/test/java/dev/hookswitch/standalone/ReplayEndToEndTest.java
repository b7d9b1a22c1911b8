package dev.hookswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.common.model.RecoveryRow;
import dev.hookswitch.common.model.RecoveryRow.Kind;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import dev.hookswitch.testkit.ReceivedRequest;
import dev.hookswitch.testkit.Receiver;
import dev.hookswitch.testkit.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every role, and a replay of what is told of endpoints, while all that are told fail as well. */
@ExtendWith(KafkaExtension.class)
class ReplayEndToEndTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String TENANT = "acme";
    private static final String PROFILE = "ring-tonic";
    private static final String TOLD = "delivery.failed";
    private static final int FAILED = 3;

    private static final String WARM_UP = "call.started";

    private final AtomicBoolean healed = new AtomicBoolean();

    @Test
    void whatIsToldOfEndpointsIsReplayedOnceAndTellsNothingNew(KafkaCluster cluster, @TempDir Path folder)
            throws Exception {
        try (Receiver receiver = new Receiver(this::reply);
                Pipeline pipeline = new Pipeline(cluster.bootstrapServers(), folder, "replay.")) {
            EndpointId watcher = endpoint(pipeline, receiver, "/watcher", TOLD);
            EndpointId broken = endpoint(pipeline, receiver, "/broken", "*");
            warmUp(pipeline, receiver);
            // Of the warm-up it may have missed what came before the fan-out knew it.
            RecoveryRow.State warm = pipeline.recover(broken, Kind.MISSED, HOUR).state();
            assertThat(warm).isEqualTo(RecoveryRow.State.DONE);
            for (int number = 0; number < FAILED; number++) {
                pipeline.send(TENANT, Events.event(PROFILE, "evt_" + number, "call.completed", TENANT));
            }
            awaitEnded(pipeline, watcher, FAILED, Outcome.FAILED);
            List<String> told = pipeline.told();
            assertThat(told)
                    .hasSize(FAILED)
                    .allMatch(json -> json.contains("\"about_endpoint\":\"" + broken.webhookId() + "\""));

            EndpointId late = endpoint(pipeline, receiver, "/late", TOLD);
            assertThat(put(pipeline.recover(late, Kind.MISSED, HOUR))).isEqualTo(FAILED);
            awaitEnded(pipeline, late, FAILED, Outcome.FAILED);
            assertThat(put(pipeline.recover(late, Kind.MISSED, HOUR)))
                    .as("it has them")
                    .isZero();
            assertThat(put(pipeline.recover(watcher, Kind.MISSED, HOUR))).isZero();
            assertThat(put(pipeline.recover(broken, Kind.MISSED, HOUR)))
                    .as("never of itself")
                    .isZero();

            healed.set(true);
            assertThat(put(pipeline.recover(late, Kind.UNDELIVERED, HOUR))).isEqualTo(FAILED);
            awaitEnded(pipeline, late, FAILED, Outcome.DELIVERED);
            assertThat(pipeline.told()).as("nobody was told of it").isEqualTo(told);
        }
    }

    private Reply reply(ReceivedRequest request) {
        return Reply.status(healed.get() || request.bodyText().contains(WARM_UP) ? 200 : 500);
    }

    private static EndpointId endpoint(Pipeline pipeline, Receiver receiver, String path, String type) {
        return pipeline.endpoint(TENANT, PROFILE, receiver.url(path), type)
                .subscription()
                .id();
    }

    private static void warmUp(Pipeline pipeline, Receiver receiver) {
        int[] sent = {0};
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!receiver.requests("/broken").isEmpty()) {
                return true;
            }
            pipeline.send(TENANT, Events.event(PROFILE, "warm_" + ++sent[0], WARM_UP, TENANT));
            return false;
        });
    }

    private static void awaitEnded(Pipeline pipeline, EndpointId endpoint, int count, Outcome outcome) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> pipeline.outcomes(TENANT).stream()
                                .filter(row -> row.webhookId().equals(endpoint.webhookId()))
                                .map(OutcomeRow::outcome)
                                .filter(outcome::equals)
                                .count()
                        == count);
    }

    private static long put(RecoveryRow row) {
        assertThat(row.state()).isEqualTo(RecoveryRow.State.DONE);
        return row.put();
    }
}
