package dev.hookswitch.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.OutcomeRow;
import dev.hookswitch.common.model.OutcomeRow.Outcome;
import dev.hookswitch.console.endpoints.InvalidEndpoint;
import dev.hookswitch.console.recovery.RecoveryRefused.Code;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class ManualRetriesTest {
    private final Scene scene;

    ManualRetriesTest(KafkaCluster kafka, @TempDir Path folder) {
        this.scene = new Scene(kafka, folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void putsADeliveryOnceMoreWhereverItIs() {
        OutcomeRow failed = scene.failed("evt_1");
        scene.failed("evt_2");

        Retried retried = scene.retries().retry(failed.deliveryId(), Optional.empty());

        assertThat(retried.before()).isEqualTo(failed);
        ConsumerRecord<byte[], byte[]> put = scene.put().get(0);
        assertThat(scene.put()).hasSize(1);
        assertThat(put.topic()).isEqualTo(scene.topics.deliveriesDue());
        assertThat(put.value()).isEqualTo(Scene.body("evt_1"));
        assertThat(Scene.read(put).recoveryId()).isEqualTo(retried.recoveryId());
        assertThat(Scene.read(put).id()).isEqualTo(failed.deliveryId());
    }

    @Test
    void oneThatWasDeliveredMayBeWantedOnceMore() {
        OutcomeRow delivered = scene.outcome(scene.delivery(scene.endpoint, "evt_1"), Outcome.DELIVERED, Scene.NOW);

        assertThat(scene.retries()
                        .retry(delivered.deliveryId(), Optional.of(scene.endpoint))
                        .before()
                        .outcome())
                .isEqualTo(Outcome.DELIVERED);
        assertThat(scene.putIds()).containsExactly(delivered.deliveryId());
    }

    @Test
    void makesTheBodyOfASkippedOne() {
        RecordMetadata event = scene.event("acme", "evt_1");
        OutcomeRow skipped = scene.skipped(scene.endpoint, "evt_1", event);

        scene.retries().retry(skipped.deliveryId(), Optional.of(scene.endpoint));

        Delivery made = Scene.read(scene.put().get(0));
        assertThat(made.id()).isEqualTo(skipped.deliveryId());
        assertThat(made.eventsOffset()).isEqualTo(event.offset());
    }

    @Test
    void refusalsSayWhy() {
        OutcomeRow gone = scene.failed("evt_1");
        OutcomeRow unfit = scene.skipped(scene.endpoint, "evt_2", scene.event("other", "evt_2"));
        String underWay = scene.delivery(scene.endpoint, "evt_3").id();
        Delivery.Origin first = Scene.origin(gone);
        scene.deleteDeliveriesBefore(new Delivery.Origin(first.partition(), first.offset() + 1));

        assertRefused(gone.deliveryId(), Code.PAYLOAD_GONE, "no longer keeps");
        assertRefused(unfit.deliveryId(), Code.EVENT_UNFIT, "another tenant's");
        assertRefused(underWay, Code.DELIVERY_NOT_FOUND, "may be under way");
        assertRefused("msg_1", Code.DELIVERY_NOT_FOUND, "delivery id must be msg_ and 26 digits in base 32");
        assertThatThrownBy(() -> scene.retries()
                        .retry(unfit.deliveryId(), Optional.of(scene.newEndpoint(OptionalDouble.empty()))))
                .isInstanceOf(RecoveryRefused.class);
        scene.admin.disable(scene.endpoint, Scene.BY);
        assertRefused(gone.deliveryId(), Code.ENDPOINT_DISABLED, "enable it first");
        scene.admin.remove(scene.endpoint, Scene.BY);
        assertThatThrownBy(() -> scene.retries().retry(gone.deliveryId(), Optional.empty()))
                .isInstanceOf(InvalidEndpoint.class);
        assertThat(scene.putIds()).isEmpty();
    }

    private void assertRefused(String deliveryId, Code code, String message) {
        assertThatThrownBy(() -> scene.retries().retry(deliveryId, Optional.empty()))
                .isInstanceOfSatisfying(
                        RecoveryRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
