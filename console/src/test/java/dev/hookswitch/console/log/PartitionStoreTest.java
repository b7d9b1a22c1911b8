package dev.hookswitch.console.log;

import static dev.hookswitch.console.log.OneStore.ENDPOINT;
import static dev.hookswitch.console.log.OneStore.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.AttemptRow;
import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.OutcomeRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** One store keeps the contract by itself; and what is its own: pages with bounded work. */
class PartitionStoreTest extends DeliveryLogContract {
    private final OneStore one;

    PartitionStoreTest(@TempDir Path temporary) throws RocksDBException, IOException {
        super(ENDPOINT);
        one = new OneStore(temporary.resolve("p0"));
    }

    @AfterEach
    void close() throws RocksDBException, IOException {
        one.close();
    }

    @Override
    Instant now() {
        return NOW;
    }

    @Override
    void write(AttemptRow row) {
        try {
            one.write(row, NOW);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void write(OutcomeRow row) {
        try {
            one.write(row, NOW);
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    DeliveryLog log() {
        return new DeliveryLog() {
            @Override
            public Optional<LoggedDelivery> find(EndpointId endpoint, String deliveryId) {
                return one.store.find(endpoint, deliveryId);
            }

            @Override
            public LogPage list(EndpointId endpoint, LogQuery query) {
                return one.store.list(endpoint, query);
            }
        };
    }

    private LogPage newest() {
        return one.store.list(ENDPOINT, LogQuery.newest(100));
    }

    @Test
    void remembersRowsAndPlacesOverARestart() throws RocksDBException, IOException {
        LogRows rows = LogRows.of(ENDPOINT, "evt_1", NOW);
        assertThat(one.store.readOnAt(Source.ATTEMPTS)).isEqualTo(OptionalLong.empty());
        write(rows.delivered(1, NOW));
        one.reopen("topics-1");

        assertThat(newest().deliveries()).hasSize(1);
        assertThat(one.store.readOnAt(Source.ATTEMPTS)).isEqualTo(OptionalLong.of(1));
        assertThat(one.store.readOnAt(Source.OUTCOMES)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void aPageThatFindsNothingEndsAndGoesOn() throws RocksDBException {
        Changes changes = one.store.change();
        int count = 2 * PartitionStore.MOST_LOOKED_AT + 10;
        for (int i = 0; i < count; i++) {
            LogRows rows = LogRows.of(ENDPOINT, "evt_" + i, NOW.minusMillis(i));
            changes.take((i == count - 1 ? rows.ofType("rare") : rows).delivered(1, NOW), NOW.toEpochMilli());
        }
        changes.write();
        LogQuery query = new LogQuery(Set.of(), Set.of("rare"), Set.of(), null, null, 10, null);

        LogPage first = one.store.list(ENDPOINT, query);
        assertThat(first.deliveries()).isEmpty();
        LogPage second = one.store.list(ENDPOINT, query.from(String.valueOf(first.nextCursor())));
        assertThat(second.deliveries()).isEmpty();
        LogPage third = one.store.list(ENDPOINT, query.from(String.valueOf(second.nextCursor())));
        assertThat(third.deliveries()).hasSize(1);
        assertThat(third.nextCursor()).isNull();
    }

    @Test
    void whatDidNotArriveIsFoundWithoutLookingAtWhatDid() throws RocksDBException {
        Changes changes = one.store.change();
        int count = PartitionStore.MOST_LOOKED_AT + 10;
        for (int i = 0; i < count; i++) {
            changes.take(LogRows.of(ENDPOINT, "evt_" + i, NOW.minusMillis(i)).delivered(1, NOW), NOW.toEpochMilli());
        }
        LogRows failed = LogRows.of(ENDPOINT, "evt_failed", NOW.minusMillis(count));
        changes.take(failed.exhausted(6, NOW), NOW.toEpochMilli());
        changes.write();

        for (LogQuery query : new LogQuery[] {
            new LogQuery(Set.of(DeliveryStatus.FAILED), Set.of(), Set.of(), null, null, 10, null),
            new LogQuery(Set.of(), Set.of(), Set.of(CodeClass.NONE), null, null, 10, null)
        }) {
            LogPage page = one.store.list(ENDPOINT, query);
            assertThat(page.deliveries()).extracting(LoggedDelivery::deliveryId).containsExactly(failed.id());
            assertThat(page.nextCursor()).isNull();
        }
    }

    @Test
    void aClosedStoreSaysThatItIsNotThere() throws RocksDBException, IOException {
        one.store.close();

        assertThatThrownBy(this::newest).isInstanceOf(LogUnavailable.class);
    }
}
